// What the forms say: to activate, to renew, to extend, bundles.

import { at, inWords, plural, the } from './count';

const gapOf = (seconds: number) =>
  seconds < 90
    ? `Un intervalo de unos ${seconds}\u00A0s sin el rol.`
    : `Un intervalo de unos ${Math.round(seconds / 60)}\u00A0min sin el rol.`;

export const forms = {
  start: {
    label: 'Inicio',
    now: 'Ahora',
    later: 'A una hora',
    day: 'Día',
    time: 'Hora',
    placeholder: '18:00',
    zone: (zone: string) => `Su hora: ${zone}`,
    weekday: (at: number) =>
      new Intl.DateTimeFormat('es-ES', { weekday: 'long', day: 'numeric', month: 'short' }).format(at),
    notATime: 'Una hora tiene la forma 18:00.',
    past: 'Esa hora ya ha pasado.',
    schedule: 'Programar',
  },

  extension: {
    title: 'Solicitar una ampliación',
    titleRenew: 'Solicitar una renovación',
    eligible: (day: string) => `Su asignación apta ${day}.`,
    assigned: (day: string) => `Su asignación ${day}.`,
    ends: (day: string) => `termina ${the(day)}`,
    ended: (day: string) => `terminó ${the(day)}`,
    ask: 'Solicitar una ampliación',
    askRenew: 'Solicitar una renovación',
    requesting: 'Enviando la solicitud…',
    signingIn: 'Inicie sesión en el explorador: esta solicitud requiere un permiso o un inicio de sesión más seguro.',
    cancel: 'Dejar de esperar',
    requested: 'Solicitado: decide un administrador.',
    next: 'Decide un administrador. Puede seguir usando el rol hasta que termine.',
    nextRenew: 'Decide un administrador. Una vez renovado, podrá volver a activar el rol.',
    submit: 'Solicitar',
    reason: 'Para qué sigue necesitando el rol',
    again: 'Solicitar de nuevo',
  },

  scope: {
    label: 'Ámbito',
    path: (names: readonly string[]) => names.join(' › '),
    below: ' › ',
    omitted: '…',
    narrow: 'Elegir un ámbito más reducido',
    close: 'Cerrar los ámbitos',
    tree: (name: string) => `Ámbitos de ${name}`,
    whole: 'todo el ámbito apto',
    what: (name: string, what: string) => `${name}, ${what}`,
    loading: 'Leyendo lo que hay debajo…',
    asking: 'Leyendo lo que pide el rol en este ámbito. Hasta entonces: lo que pide en el ámbito completo.',
  },

  bundles: {
    title: 'Conjuntos',
    label: 'Conjuntos',
    all: 'Todos los conjuntos',
    run: (name: string) => `Activar ${name}`,
    form: (name: string) => `Activar ${name}…`,
    engaged: (name: string) => `${name} está activo`,
    none: (name: string) => `${name}: ninguno de sus roles es apto`,
    chipTitle: (roles: string, reason: string) => (reason === '' ? roles : `${roles}\nMotivo: «${reason}»`),
    roles: (count: number) => plural(count, 'rol', 'roles'),
    summary: (roles: string, reason: string) => (reason === '' ? roles : `${roles} · «${reason}»`),
    active: 'activo',
    noneYours: 'ningún rol suyo',
    notEligible: 'no apto, se omite',
    managed: 'De su organización',
    managedDetail: 'Publicado por su organización: puede ejecutarlo, pero no modificarlo.',
    empty: 'Aún no hay conjuntos',
    emptyDetail:
      'Un conjunto reúne roles que se activan a la vez con un clic. Seleccione roles en la lista y, después, «Conjunto…».',
    new: 'Nuevo',
    import: 'Importar…',
    export: 'Exportar todo',
    exportOne: 'Exportar',
    edit: 'Editar',
    delete: 'Eliminar',
    deleteAsk: (name: string) => `¿Eliminar «${name}»?`,
    keep: 'Conservar',
    activate: 'Activar',
    nothing: 'Nada que activar',
    titleNew: 'Nuevo conjunto',
    titleEdit: 'Editar el conjunto',
    name: 'Nombre',
    namePlaceholder: 'Ej.: De guardia',
    reason: 'Motivo',
    reasonHint: '{date} se sustituye por el día en que se ejecuta.',
    reasonPlaceholder: 'Ej.: De guardia, {date}',
    rolesHeading: 'Roles',
    minutesOf: (name: string) => `Cuánto tiempo estará activo ${name}`,
    remove: (name: string) => `Quitar ${name}`,
    add: 'Agregar un rol',
    addChoose: 'Elija un rol…',
    save: 'Guardar',
    tooLarge: 'El archivo ocupa más de un mebibyte.',
    errors: {
      name: 'Un conjunto necesita un nombre.',
      roles: 'Un conjunto necesita un rol.',
    },
  },

  enter: {
    title: 'Escribir un rol por su nombre',
    lead: (kind: string) => `${kind}: no se pudo leer la lista. Un rol que conozca se puede solicitar igualmente.`,
    role: 'Rol',
    group: 'Grupo',
    rolePlaceholder: 'Nombre o id.',
    scope: 'Ámbito',
    scopeHint: 'Vacío: todo el directorio',
    scopeHintAzure: 'El id. de una suscripción, un grupo de recursos o un recurso',
    scopePlaceholder: '/subscriptions/…',
    submit: 'Agregar a la lista',
    error: 'Se necesita un nombre o un id.',
    errorScope: 'Los roles de Azure necesitan un ámbito.',
    entered: 'Usted agregó este rol a la lista por su nombre.',
    forget: 'Quitarlo de la lista',
  },

  several: {
    title: (count: number) => `Activar ${plural(count, 'rol', 'roles')}`,
    roles: 'Roles',
    asks: 'Lo que pedirán',
    capped: (max: string) => `${max} como máximo`,
    mfa: (roles: number, all: number) =>
      all === 1
        ? 'MFA en el explorador'
        : roles === all
          ? `Una MFA para los ${inWords(all)}`
          : `Una MFA para ${inWords(roles)} de ellos`,
    mfaToo: (roles: number) => `MFA para ${inWords(roles)} más de ellos`,
    context: (context: string, roles: number, all: number) =>
      all === 1
        ? `Un inicio de sesión más seguro (${context})`
        : roles === all
          ? `Un inicio de sesión más seguro (${context}) para los ${inWords(all)}`
          : `Un inicio de sesión más seguro (${context}) para ${inWords(roles)} de ellos`,
    ticket: (roles: number, all: number) => (roles === all ? 'Un vale' : `Un vale, para ${inWords(roles)} de ellos`),
    approval: (roles: number, all: number) =>
      all === 1
        ? 'Una aprobación'
        : roles === all
          ? 'Una aprobación para cada uno'
          : `Una aprobación para ${inWords(roles)} de ellos`,
    unknownPolicy: (roles: number, all: number) =>
      all === 1 ? 'Una directiva que no se pudo leer' : `Directivas que no se pudieron leer: ${roles} de ${all}`,
    unknownRules: (rules: string) => `Reglas que Pimento no conoce: ${rules}`,
    submit: 'Activar todos',
  },

  form: {
    activate: 'Activar',
    request: 'Solicitar',
    duration: 'Duración',
    durationMax: (time: string) => `máx. ${time}`,
    until: (time: string) => `hasta ${the(time)}`,
    onceApproved: 'tras la aprobación',
    reason: 'Motivo',
    reasonOptional: 'Motivo (opcional)',
    reasonPlaceholder: 'Para qué necesita el rol',
    recents: 'Motivos recientes',
    ticket: 'Número de vale',
    ticketSystem: 'Sistema de vales',
    ticketPlaceholder: 'Ej.: INC-4711',
    ticketSystemPlaceholder: 'Ej.: ServiceNow',
    whole: 'Todo el directorio',
    kinds: {
      group: 'Grupo',
      azureResource: 'Recurso de Azure',
    },
    through: 'Apto a través de un grupo.',
    details: 'Detalles',
    detailsLabel: (name: string) => `Detalles de ${name}`,
    submitActivate: 'Activar',
    submitRequest: 'Solicitar',
    errors: {
      reason: 'La directiva del rol exige un motivo.',
      ticket: 'La directiva del rol exige un número de vale.',
    },
  },

  next: {
    mfa: 'Se le pedirá MFA en el explorador; después, ',
    context: (context: string) =>
      `Se le pedirá un inicio de sesión más seguro (${context}) en el explorador; después, `,
    active: (time: string, until: string) => `el rol estará activo durante ${time}, hasta ${the(until)}.`,
    scheduled: (from: string, time: string, until: string) =>
      `el rol estará activo desde ${the(from)} durante ${time}, hasta ${the(until)}.`,
    decides: (who: string, days: number | null) =>
      days === null ? `${who} decide` : `${who} decide en un plazo de ${plural(days, 'día', 'días')}`,
    approval: (decides: string, time: string) =>
      `${decides}. Tras la aprobación, el rol estará activo durante ${time}.`,
    approvalAfter: (decides: string, time: string) =>
      `${decides}; tras la aprobación, el rol estará activo durante ${time}.`,
    approver: 'un aprobador',
    unknownPolicy: 'No se pudo leer la directiva del rol: es posible que el servicio pida más.',
    unknownRules: (rules: string) => `La directiva tiene reglas que Pimento no conoce: ${rules}.`,
  },

  renew: {
    title: 'Renovar',
    until: (until: string, left: string) => `Activo hasta ${the(until)}, quedan ${left}`,
    why: 'PIM rechaza una segunda activación mientras dura la primera. Lo que se puede hacer:',
    whyAhead: 'Lo que se puede hacer:',
    arm: (time: string) => `Renovar ${at(time)}`,
    armed: (time: string) => `Se renueva ${at(time)}`,
    disarm: 'Dejar de renovar',
    armDetail: (time: string) => `Se envía automáticamente: ${time}, mismo motivo.`,
    armDetailPlain: 'Se envía automáticamente, con el mismo motivo.',
    armGap: 'Intervalo: unos segundos, hasta un minuto, sin el rol.',
    armNeeds: 'Pimento debe estar en ejecución y conectado en los 30 minutos siguientes a esa hora.',
    notAfter: (time: string) =>
      `Según su configuración, después de ${the(time)} nada se renueva solo: este rol tampoco.`,
    gap: (seconds: number) => (seconds === 0 ? 'Sin intervalo: el servicio la acepta de antemano.' : gapOf(seconds)),
    stepUp: 'El explorador se abre ahora, para que después no haya que confirmar nada.',
    aheadDetail: (time: string) => `Se envía poco antes: ${time}, mismo motivo.`,
    notEligible: 'No es posible: ya no tiene una asignación apta para este rol.',
    earlyTitle: (time: string) => `Solicitar antes, para ${the(time)}`,
    earlyDetail:
      'Alguien debe aprobar cada activación, por lo que no se puede renovar automáticamente. Si se solicita ahora, se puede aprobar antes del final.',
    earlyGap: 'Sin intervalo, si se aprueba a tiempo.',
    early: 'Solicitar antes',
    notEarly: 'No es posible: alguien debe aprobar cada activación y el servicio no acepta ninguna mientras dura esta.',
    next: (time: string, where: string) => `La siguiente, desde ${the(time)}: ${where}`,
    nextWaits: (who: string) => `A la espera de ${who}.`,
    takeBack: 'Retirar la solicitud',
    approvalGap: 'Intervalo: sin el rol hasta que alguien lo apruebe.',
    proofGap: 'Intervalo: sin el rol hasta que lo confirme en el explorador.',
    notArmable: 'No es posible aquí: su directiva pide cada vez más que un motivo.',
    restartTitle: 'Finalizarlo y volver a activarlo ahora',
    restartDetail: 'Finaliza esta activación y envía enseguida una nueva.',
    restartGap: (seconds: number) => gapOf(Math.max(1, seconds)),
    restartGapPlain: 'Intervalo: unos segundos, hasta un minuto, sin el rol.',
    restartRisk: 'Si se rechaza la nueva, el rol queda finalizado.',
    restart: 'Finalizar y activar',
    confirm: 'Sé que me quedo sin el rol hasta que alguien lo apruebe.',
    locked: (time: string, left: string) =>
      `Posible desde ${the(time)} (en ${left}), cinco minutos después del inicio.`,
  },
};
