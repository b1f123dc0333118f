// What the working day says, in Spanish: what ends by itself, and reminders.

import { at } from './count';

export const esDay = {
  day: {
    ends: 'Desactivar lo que esté activo a una hora',
    endsHint: 'Después, ese día nada se renueva. Diez minutos antes se le avisa y puede conservar lo que esté activo.',
    at: 'A las',
    onLock: 'Desactivar lo que esté activo al bloquear la pantalla',
    onLockHint: 'Un rol en sus primeros cinco minutos termina justo después.',
    reminders: 'Recordatorios',
    remindersHint: 'Una notificación pregunta si lo quiere. Abre el formulario y no activa nada.',
    add: 'Añadir un recordatorio',
    full: 'Veinte recordatorios como máximo.',
    nothing: 'No hay ningún rol ni conjunto que recordar.',
    fresh: 'Recordatorio nuevo',
    remove: (name: string) => `Quitar el recordatorio: ${name}`,
    what: 'Rol o conjunto',
    choose: 'Elija…',
    roles: 'Roles',
    bundles: 'Conjuntos',
    days: 'Días',
    weekdays: 'Todos los días laborables',
    everyDay: 'Todos los días',
    when: (days: string, time: string) => `${days} ${at(time)}`,
    signedOut: 'Pertenece a una cuenta que ha cerrado la sesión',
    asksNothing: 'No preguntará: este rol o conjunto no está a su disposición en este momento.',
    whatError: 'Elija un rol o un conjunto.',
    daysError: 'Elija al menos un día.',
  },
};
