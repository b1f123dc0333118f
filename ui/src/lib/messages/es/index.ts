// Every text that the window shows, in Spanish. Plain, formal; "activar", "apto", "renovar" as in Microsoft's PIM.

import type { Messages } from '../shape';
import { and, at, of, or, plural, the } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

const others = (count: number) => `${count} más`;

export const es: Messages = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  locale: 'es-ES',
  direction: 'ltr',
  appName: 'Pimento',
  lost: 'El proceso en segundo plano de Pimento no responde. Cierre Pimento y vuelva a iniciarlo.',

  time: {
    minutes: (minutes: number) => `${minutes}\u00A0min`,
    hours: (hours: number) => `${hours}\u00A0h`,
    hoursMinutes: (hours: number, minutes: number) => `${hours}\u00A0h\u00A0${String(minutes).padStart(2, '0')}`,
    seconds: (seconds: number) => `${seconds}\u00A0s`,
    ended: 'terminado',
    underAMinute: 'menos de un minuto',
    spoken: (hours: number, minutes: number) =>
      and([
        ...(hours > 0 ? [plural(hours, 'hora', 'horas')] : []),
        ...(minutes > 0 ? [plural(minutes, 'minuto', 'minutos')] : []),
      ]),
    tomorrow: (time: string) => `mañana ${at(time)}`,
    yesterday: (time: string) => `ayer ${at(time)}`,
    onWeekday: (day: string, time: string) => `${day} ${time}`,
    today: 'hoy',
    tomorrowPlain: 'mañana',
    yesterdayPlain: 'ayer',
    onDate: (date: string, time: string) => `${date}, ${time}`,
  },

  common: {
    back: 'Atrás',
    cancel: 'Cancelar',
    dismiss: 'Descartar',
    copy: 'Copiar',
    copied: 'Copiado',
    details: 'Detalles',
    save: 'Guardar',
    comma: ', ',
    stop: '.',
  },

  header: {
    menu: 'Menú',
    demo: 'Demo',
    account: (name: string, tenant: string) => `Sesión iniciada como ${name}, ${tenant}. Cuentas`,
  },

  menu: {
    refresh: 'Actualizar',
    accounts: 'Cuentas',
    bundles: 'Conjuntos',
    history: 'Historial',
    sources: 'De dónde vienen los roles',
    showAzure: 'Mostrar recursos de Azure…',
    settings: 'Configuración',
    shortcuts: 'Métodos abreviados',
    about: 'Acerca de Pimento',
    signOut: 'Cerrar sesión',
    remembered: 'Inicio de sesión guardado en el llavero del sistema',
    notRemembered: 'Inicio de sesión en memoria hasta que salga',
  },

  active: {
    heading: 'Activos',
    headingRequested: 'Solicitados',
    headingBoth: 'Activos y solicitados',
    until: (time: string) => `hasta ${the(time)}`,
    standing: 'permanente',
    standingUntil: (time: string) => `asignado hasta ${the(time)}`,
    throughGroup: 'por un grupo',
    throughGroupUntil: (time: string) => `por un grupo, hasta ${the(time)}`,
    leftLabel: (left: string) => `Quedan ${left}`,
    renew: (name: string) => `Renovar ${name}`,
    renewTitle: 'Renovar',
    armedAt: (time: string) => at(time),
    armedLabel: (name: string, time: string) => `${name} se renueva ${at(time)}. Cambiar`,
    armedTitle: (time: string) => `Se renueva automáticamente ${at(time)}`,
    notAfter: (time: string) => `no después de ${the(time)}`,
    notAfterLabel: (name: string, time: string) =>
      `${name}, no después de ${the(time)}: entonces nada se renueva solo. Cambiar`,
    deactivate: (name: string) => `Desactivar ${name}`,
    deactivateTitle: 'Desactivar',
    lockedLabel: (name: string, time: string, left: string) =>
      `Desactivar ${name}: posible desde ${the(time)}, en ${left}`,
    lockedTitle: (time: string) =>
      `PIM permite finalizar un rol cinco minutos después de su inicio como pronto: desde ${the(time)}`,
    cancelRequest: 'Cancelar',
    cancelRequestLabel: (name: string) => `Cancelar la solicitud de ${name}`,
    more: (name: string) => `${name}: más`,
    notWorking: '¿Aún no funciona?',
    notWorkingLabel: (name: string) => `¿${name} aún no funciona? Qué ayuda`,
    extend: 'Ampliar…',
    extendLabel: (name: string) => `Ampliar… ${name}`,
  },

  state: {
    requesting: 'solicitando…',
    requestingDetail: 'Se envió la solicitud, aún sin respuesta.',
    steppingUp: 'por confirmar',
    steppingUpDetail: 'Se necesita un inicio de sesión más seguro. Espera en el explorador.',
    checking: 'comprobando…',
    checkingDetail: 'Se perdió la respuesta. Se está consultando; nada se envía dos veces.',
    waitingForApproval: 'espera aprobación',
    waitingFor: (names: string) => `A la espera de ${names}.`,
    waitingForSomebody: 'A la espera de un aprobador.',
    lapses: (time: string) => `Caduca ${at(time)}.`,
    provisioning: 'en preparación…',
    provisioningDetail: 'Aceptado. El rol se está asignando.',
    scheduled: 'programado',
    scheduledFor: (time: string) => `Comienza ${at(time)}.`,
    scheduledForLong: (time: string, length: string) => `Desde ${the(time)} durante ${length}`,
    scheduledDetail: 'Comienza más tarde.',
    deactivating: 'finalizando…',
    deactivatingDetail: 'El rol se está retirando.',
    failed: 'error',
    denied: 'denegado',
    cancelled: 'cancelado',
  },

  names: {
    and: (first: string, last: string) => or([first, last]),
    both: (all: readonly string[]) => and(all),
    any: (all: readonly string[], count: number) => or(count > 0 ? [...all, others(count)] : all),
    andMore: (first: string, count: number) => or([first, others(count)]),
  },

  filter: {
    label: 'Buscar un rol',
    placeholder: 'Buscar un rol',
    clear: 'Borrar el filtro',
    found: (count: number) => (count === 0 ? 'Ningún rol coincide' : plural(count, 'rol', 'roles')),
  },

  eligible: {
    label: 'Roles que puede activar',
    favourite: (name: string) => `Favorito: ${name}`,
    favouriteTitle: 'Agregar a favoritos',
    unfavouriteTitle: 'Quitar de favoritos',
    activate: 'Activar',
    activateForm: 'Activar…',
    request: 'Solicitar',
    requestForm: 'Solicitar…',
    renewForm: 'Pedir otra vez…',
    renewAsked: 'Solicitado',
    activeNow: 'Activo',
    onItsWay: 'Pendiente',
    sendsSoon: 'Enviando…',
    oneClick: (time: string, reason: string) =>
      reason === '' ? `Se activa durante ${time}` : `Se activa durante ${time}, motivo «${reason}»`,
    oneClickHint: 'Mayús + clic para el formulario',
    opensForm: 'Abre el formulario',
    opensRenewal: 'La asignación apta ha terminado: pida a un administrador que la renueve',
    givesLabel: (name: string) => `${name}: lo que otorga`,
    verbLabel: (verb: string, name: string) => `${verb} ${name}`,
    words: {
      kinds: { group: 'grupo', azureResource: 'Azure' },
      reason: 'motivo',
      mfa: 'MFA',
      stepUp: 'acceso reforzado',
      ticket: 'vale',
      approval: 'aprobación',
      max: (time: string) => `máx. ${time}`,
      unknown: 'directiva desconocida',
      group: 'por grupo',
      gives: 'lo que otorga',
      default: (time: string) => `${time} de forma predeterminada`,
      rules: 'tiene reglas que Pimento no conoce',
      detailsGive: 'sus detalles dicen lo que otorga',
      until: (day: string) => `termina ${the(day)}`,
      ended: (day: string) => `terminó ${the(day)}`,
    },
  },

  selection: {
    label: 'Selección',
    count: (count: number) => plural(count, 'elegido', 'elegidos'),
    clear: 'Borrar la selección',
    activate: 'Activar…',
    bundle: 'Conjunto…',
    saveBundle: 'Guardar como conjunto',
    select: (name: string) => `Seleccionar ${name}`,
  },

  undo: {
    text: (name: string, time: string) => `Activando ${name} (${time})`,
    reason: (reason: string) => `«${reason}»`,
    button: 'Deshacer',
  },

  empty: {
    none: 'No hay roles aptos',
    allActive: 'Nada más que activar',
    allActiveDetail: 'Todos sus roles aptos están activos o en camino.',
    noneDetail: 'Esta cuenta no tiene ningún rol que pueda activar. Los roles se asignan en Microsoft Entra PIM.',
    noMatch: (typed: string) => `Ningún rol coincide con «${typed}»`,
    noMatchDetail: 'El filtro busca en los nombres de los roles y en los ámbitos.',
    clear: 'Borrar el filtro',
  },

  footer: {
    asOf: (time: string) => `Datos ${of(time)}`,
    loading: 'Actualizando…',
    loadingFirst: 'Leyendo sus roles…',
    offline: 'Sin conexión',
    offlineAsOf: (time: string) => `Sin conexión · datos ${of(time)}`,
    failedAsOf: (time: string) => `Sin actualizar desde ${the(time)}`,
    failed: 'No se pudo leer la lista',
    paused: (time: string) => `Se lee de nuevo ${at(time)}: el servicio pide una pausa`,
    refresh: 'Actualizar',
  },

  problem: {
    code: 'Código',
    correlationId: 'Id. de correlación',
    detail: 'Texto del servicio',
    signIn: 'Iniciar sesión de nuevo',
    edit: 'Editar y reintentar',
    retry: 'Reintentar',
    retryIn: (left: string) => `Reintentar en ${left}`,
    refresh: 'Actualizar',
    askAdmin: 'Copiar solicitud para su administrador',
    copyDetails: 'Copiar detalles',
    dismiss: (name: string) => `Descartar el problema de ${name}`,
  },

  notice: {
    info: 'Información',
    warning: 'Advertencia',
    dismiss: 'Descartar este aviso',
  },

  loading: {
    session: 'Iniciando',
  },

  announce: {
    left: (name: string, left: string) => `${name}: quedan ${left}`,
    ended: (name: string) => `${name} ha terminado`,
    active: (name: string, until: string) => `${name} está activo hasta ${the(until)}`,
    activePlain: (name: string) => `${name} está activo`,
    waiting: (name: string) => `${name} está pendiente de aprobación`,
    scheduled: (name: string, start: string) => `${name} está programado desde ${the(start)}`,
    stepUp: (name: string) => `${name}: confirme en el explorador`,
    failed: (name: string, message: string) => `${name}: ${message}`,
    undoable: (name: string, length: string) =>
      `Activando ${name} durante ${length}. Se puede deshacer durante cinco segundos.`,
  },
};
