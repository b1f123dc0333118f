// Lo que se dice antes de iniciar sesión.

import type { SignInMessages } from '../shape';

export const esSignIn: SignInMessages = {
  beforeSignIn: {
    title: 'Antes de iniciar sesión',
    signIn: 'Continuar en el explorador',
    deviceCode: 'Usar un código',
    application: 'Aplicación',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'Su propio registro',
    organisations: 'El registro de su organización',
    home: 'El inquilino principal de su cuenta',
    secret: {
      windows: 'En el Administrador de credenciales de Windows. Pimento nunca ve su contraseña.',
      mac: 'En su llavero de macOS. Pimento nunca ve su contraseña.',
      other: 'En el llavero de su escritorio. Pimento nunca ve su contraseña.',
    },
    now: 'Se solicita de inmediato',
    groups: 'Cuando quiera ver grupos',
    azure: 'Cuando quiera ver recursos de Azure',
    later: 'Para otras funciones, cuando las use',
    admin: '¿Debe permitirlo un administrador?',
    adminDetail: 'Envíele el mensaje. Su vínculo abre la página de Microsoft con estos permisos.',
  },

  permissions: {
    'User.Read': 'Su nombre y el de su organización',
    'RoleEligibilitySchedule.Read.Directory': 'Los roles que puede activar',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'Lo que está activo; activar y finalizar sus propios roles',
    'RoleManagementPolicy.Read.Directory': 'Lo que pide cada rol',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'Los grupos a los que puede unirse',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'Unirse a ellos y dejarlos',
    'RoleManagementPolicy.Read.AzureADGroup': 'Lo que pide cada grupo',
    user_impersonation: 'Sus roles en Azure; no hay un permiso más limitado',
    'AuditLog.Read.All': 'El historial de auditoría',
    'RoleManagement.Read.Directory': 'Qué rol permite qué',
    'RoleEligibilitySchedule.ReadWrite.Directory': 'Hacer a personas aptas para roles; pedir un final posterior',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'Lo mismo para los grupos',
    'RoleManagementPolicy.ReadWrite.Directory': 'Cambiar lo que piden los roles',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'Cambiar lo que piden los grupos',
    'AccessReview.Read.All': 'Leer las revisiones de acceso',
    'AccessReview.ReadWrite.All': 'Decidir en las revisiones de acceso',
    'RoleManagementAlert.Read.Directory': 'Leer las alertas de PIM',
    'RoleManagementAlert.ReadWrite.Directory': 'Descartar alertas',
    'User.ReadBasic.All': 'Buscar personas por su nombre',
    'GroupMember.Read.All': 'Buscar grupos y sus miembros',
    'Application.Read.All': 'Buscar aplicaciones',
    'AdministrativeUnit.Read.All': 'Buscar unidades administrativas',
  },

  request: {
    opening: (application, clientId) =>
      `Me gustaría usar Pimento, que activa mis roles aptos de Microsoft Entra. Inicia sesión ${application} (id. de cliente ${clientId}) y actúa solo en mi nombre.`,
    ownApplication: 'con nuestro propio registro de aplicación',
    application: (name: string) => `como la aplicación ${name}`,
    tenant: (tenant) => `Inquilino: ${tenant}`,
    needs: 'Necesita estos permisos delegados:',
    groups: 'Para grupos, solo si también debo activarlos:',
    azure: 'Para recursos de Azure, solo si también debo activarlos:',
    permission: (name, about) => `- ${name}: ${about}`,
    link: (link) => `Consentimiento para todos, aquí: ${link}`,
  },

  register: {
    steps: [
      'En el Centro de administración de Microsoft Entra, abra Registros de aplicaciones y elija Nuevo registro.',
      'Como plataforma, elija «Aplicaciones móviles y de escritorio» con el URI de redirección http://localhost.',
      'En Autenticación, ponga «Permitir flujos de clientes públicos» en Sí.',
      'Escriba aquí su id. de cliente y su id. de inquilino.',
    ],
    command: 'Con la CLI de Azure basta un comando, que muestra el id. de cliente:',
    copy: 'Copiar comando',
  },
};
