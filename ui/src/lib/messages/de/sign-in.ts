// Was vor der Anmeldung gesagt wird.

import type { SignInMessages } from '../shape';

export const deSignIn: SignInMessages = {
  beforeSignIn: {
    title: 'Vor der Anmeldung',
    signIn: 'Weiter im Browser',
    deviceCode: 'Code verwenden',
    application: 'Anwendung',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'Ihre eigene Registrierung',
    organisations: 'Die Registrierung Ihrer Organisation',
    home: 'Der Basismandant Ihres Kontos',
    secret: {
      windows: 'In der Windows-Anmeldeinformationsverwaltung. Ihr Kennwort bekommt Pimento nie zu sehen.',
      mac: 'In Ihrem macOS-Schlüsselbund. Ihr Kennwort bekommt Pimento nie zu sehen.',
      other: 'Im Schlüsselbund Ihres Desktops. Ihr Kennwort bekommt Pimento nie zu sehen.',
    },
    now: 'Sofort gefragt',
    groups: 'Wenn Sie Gruppen sehen möchten',
    azure: 'Wenn Sie Azure-Ressourcen sehen möchten',
    later: 'Für Weiteres, wenn Sie es nutzen',
    admin: 'Muss ein Administrator es erlauben?',
    adminDetail: 'Senden Sie ihm die Nachricht. Ihr Link öffnet die Seite von Microsoft mit diesen Berechtigungen.',
  },

  permissions: {
    'User.Read': 'Ihr Name und der Ihrer Organisation',
    'RoleEligibilitySchedule.Read.Directory': 'Die Rollen, die Sie aktivieren können',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'Was aktiv ist; eigene Rollen aktivieren und beenden',
    'RoleManagementPolicy.Read.Directory': 'Was jede Rolle verlangt',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'Die Gruppen, denen Sie beitreten können',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'Ihnen beitreten und sie verlassen',
    'RoleManagementPolicy.Read.AzureADGroup': 'Was jede Gruppe verlangt',
    user_impersonation: 'Ihre Rollen in Azure; eine engere Berechtigung gibt es nicht',
    'AuditLog.Read.All': 'Das Überwachungsprotokoll',
    'RoleManagement.Read.Directory': 'Welche Rolle was erlaubt',
    'RoleEligibilitySchedule.ReadWrite.Directory':
      'Personen für Rollen berechtigen; ein späteres Ende der eigenen Berechtigung anfragen',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'Dasselbe für Gruppen',
    'RoleManagementPolicy.ReadWrite.Directory': 'Ändern, was Rollen verlangen',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'Ändern, was Gruppen verlangen',
    'AccessReview.Read.All': 'Zugriffsüberprüfungen lesen',
    'AccessReview.ReadWrite.All': 'In Zugriffsüberprüfungen entscheiden',
    'RoleManagementAlert.Read.Directory': 'Die Warnungen von PIM lesen',
    'RoleManagementAlert.ReadWrite.Directory': 'Warnungen verwerfen',
    'User.ReadBasic.All': 'Personen nach Namen finden',
    'GroupMember.Read.All': 'Gruppen und ihre Mitglieder finden',
    'Application.Read.All': 'Anwendungen finden',
    'AdministrativeUnit.Read.All': 'Verwaltungseinheiten finden',
  },

  request: {
    opening: (application, clientId) =>
      `Ich möchte Pimento verwenden, das meine berechtigten Microsoft Entra-Rollen aktiviert. Es meldet sich ${application} (Client-ID ${clientId}) an und handelt nur in meinem Namen.`,
    ownApplication: 'mit unserer eigenen App-Registrierung',
    application: (name) => `als die Anwendung ${name}`,
    tenant: (tenant) => `Mandant: ${tenant}`,
    needs: 'Es braucht diese delegierten Berechtigungen:',
    groups: 'Für Gruppen, nur wenn ich auch diese aktivieren soll:',
    azure: 'Für Azure-Ressourcen, nur wenn ich auch diese aktivieren soll:',
    permission: (name, about) => `- ${name}: ${about}`,
    link: (link) => `Zustimmung für alle, hier: ${link}`,
  },

  register: {
    steps: [
      'Öffnen Sie im Microsoft Entra Admin Center „App-Registrierungen“ und wählen Sie „Neue Registrierung“.',
      'Wählen Sie als Plattform „Mobile und Desktopanwendungen“ mit dem Umleitungs-URI http://localhost.',
      'Setzen Sie unter „Authentifizierung“ die Option „Öffentliche Clientflows zulassen“ auf „Ja“.',
      'Tragen Sie hier die Client-ID und die Mandanten-ID ein.',
    ],
    command: 'Mit der Azure CLI genügt ein Befehl; er gibt die Client-ID aus:',
    copy: 'Befehl kopieren',
  },
};
