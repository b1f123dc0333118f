// Motivos: lo que un auditor devolvería, y lo que sería mejor.

import { plural } from './count';

export const reasons = {
  reasons: {
    choices: 'Motivos para elegir',
    template: 'Plantilla',
    more: (count: number) => `${count} más`,
    placeholder: (name: string) => `Falta rellenar ${name}.`,
    ticket: 'El número de incidencia por sí solo no dice qué va a hacer: añada unas palabras.',
    role: 'Este es el nombre del rol: indique para qué lo necesita.',
    mashed: 'Nadie podría comprobarlo más adelante: indique qué va a hacer.',
    empty:
      'Esto podría decirse de cualquier cosa: nombre aquello en lo que trabaja, como un sistema, un usuario o una incidencia.',
    short: (least: number) =>
      `Añada algo más: los motivos deberían tener al menos ${plural(least, 'carácter', 'caracteres')}.`,
  },
};
