// El historial como imagen, y lo que dice del uso de los roles.

import { plural, the } from './count';

export const timeline = {
  timeline: {
    show: 'Mostrar',
    list: 'Lista',
    today: 'Hoy',
    week: 'Semana',
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    span: (from: string, to: string) => `${from} – ${to}`,
    active: 'activo ahora',
    planned: 'previsto',
    asked: (time: string) => `finalizado antes, se solicitó para ${time}`,
    all: (spans: readonly string[]) => spans.join('; '),
    sumToday: (time: string) => `Activo durante ${time} hoy`,
    sumWeek: (time: string) => `Activo durante ${time} esta semana`,
    details: 'Qué estuvo activo y cuándo',
    now: (time: string) => `ahora, ${time}`,
    legend: { over: 'finalizado', running: 'activo', left: 'lo que queda', planned: 'previsto' },
    emptyToday: 'Hoy no ha estado nada activo',
    emptyWeek: 'Esta semana no ha estado nada activo',
    emptyDetail: 'Cada rol que active tendrá aquí una línea, desde su inicio hasta su fin.',
  },

  insight: {
    title: 'Uso',
    label: 'Cómo se usan los roles',
    share: (since: string, share: string) => `Desde ${the(since)}, hubo algo activo el ${share} del tiempo.`,
    times: (count: number, time: string) => `${plural(count, 'vez', 'veces')}, ${time} en total`,
    held: (used: string, asked: string) => `${used} de ${asked} usados`,
    hint: (asked: string, used: string, enough: string) =>
      `Solicita ${asked} y usa ${used} de media: bastarían ${enough}.`,
    open: (time: string) => `Formulario para ${time}`,
    openLabel: (name: string, time: string) => `Formulario para ${time}: ${name}`,
    unused: 'Sin usar desde hace 90 días',
    unusedDetail: 'Lo que ya nadie necesita se puede devolver: dígaselo a quien asigna los roles.',
    never: 'nunca, que se sepa',
    last: (day: string) => `por última vez ${the(day)}`,
    empty: 'Aún no hay nada que contar',
    emptyDetail: 'Cuando haya activado roles, aquí verá cuánto tiempo los solicita y cuánto los usa.',
  },
};
