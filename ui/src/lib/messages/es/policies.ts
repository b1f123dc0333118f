// Texts of the Manage window's part about policies.

import { plural } from './count';

export const policies = {
  policies: {
    none: 'No hay ningún rol en la lista.',
    list: 'Roles y grupos',
    compareFile: 'Comparar con un archivo…',
    fileTooLong: (most: number) =>
      `El archivo ocupa más de ${most} MiB. «pim policy diff FILE» en la línea de comandos admite archivos mayores.`,
    fileUnreadable: 'No se pudo leer el archivo.',
    export: (count: number) => (count < 2 ? 'Exportar' : `Exportar ${count}`),
    saved: (count: number, path: string) => `${plural(count, 'directiva escrita', 'directivas escritas')} en ${path}.`,
    notSaved: 'No incluye:',

    groups: {
      activation: 'Activación',
      eligible: 'Asignación apta',
      active: 'Asignación activa',
      mail: 'Notificaciones',
      other: 'Otras reglas, que quedan como están',
    },
    rules: 'Reglas',
    change: 'Cambiar…',
    copy: 'Copiar a otros…',
    changing: (name: string) => `Cambiar ${name}`,
    copying: (name: string) => `Copiar las reglas de ${name}`,

    longest: 'Activación más larga',
    justification: 'Exige un motivo',
    ticket: 'Exige un vale',
    proof: 'Prueba de identidad',
    proofs: {
      nothing: 'Nada más',
      mfa: 'Autenticación multifactor',
      context: 'Un contexto de autenticación del acceso condicional',
    },
    claim: 'Contexto de autenticación',
    claimWrong: 'Uno de c1 a c99.',
    approval: 'Exige una aprobación',
    approvers: 'Aprobadores',
    defaultApprovers:
      'Si no nombra a nadie, deciden los administradores de roles con privilegios y los administradores globales.',
    nameApprovers: 'Nombre al menos a un aprobador: aquí nadie decide de forma predeterminada.',
    eligible: 'Asignación apta más larga',
    active: 'Asignación activa más larga',
    forEver: 'Sin límite, también permanente',
    days: (days: number) => plural(days, 'día', 'días'),
    activeJustification: 'Asignarlo exige un motivo',
    activeMfa: 'Asignarlo exige autenticación multifactor',
    mailDefaults: 'Quienes la reciben de forma predeterminada',
    mailDefaultsOf: (mail: string) => `${mail}: quienes la reciben de forma predeterminada`,
    recipients: 'Más direcciones, separadas por comas',
    recipientsOf: (mail: string) => `${mail}: más direcciones`,
    addressWrong: (address: string) => `«${address}» no es una dirección de correo electrónico.`,
    unchanged: 'Aún no se ha cambiado nada.',
    review: 'Revisar los cambios',

    copyTo: 'A qué roles',
    copyFilter: 'Buscar un rol',
    copyHint: (count: number) =>
      count === 0 ? 'Elija quién va a tener las mismas reglas.' : plural(count, 'elegido', 'elegidos'),

    reviewing: 'Lo que será distinto',
    drift: (file: string) => `Comparación con ${file}`,
    applied: 'Lo que se hizo',
    comparing: 'Leyendo las directivas…',
    rule: 'Regla',
    now: 'Ahora',
    then: 'Después',
    noSuchRule: 'No existe esa regla y no se puede agregar ninguna: se omite.',
    unlisted: (ids: string) => `No está entre sus roles; la nombra el archivo (${ids}).`,
    same: 'Todo está como lo quiere.',
    noDrift: (count: number) =>
      count === 1 ? 'La directiva está como en el archivo.' : `Las ${count} directivas están como en el archivo.`,
    others: (count: number) => (count === 1 ? 'Otra más está como debe.' : `Otras ${count} están como deben.`),
    summary: (policies: number, rules: number) =>
      `${plural(rules, 'regla', 'reglas')} de ${plural(policies, 'directiva', 'directivas')}. No se ha enviado nada.`,
    applying: 'Aplicando… Donde falta un permiso, se abre el explorador.',
    apply: (count: number) => (count < 2 ? 'Aplicar' : `Aplicar a ${count}`),
    again: 'Volver a mirar',
  },
};
