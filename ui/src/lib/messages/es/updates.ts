// Lo que se dice de las versiones más recientes de Pimento, en español.

export const updates = {
  updates: {
    heading: 'Versiones más recientes',
    never: 'Esta compilación no busca versiones más recientes.',
    off: 'No se buscan versiones más recientes.',
    change: 'Cambiar en la configuración',
    notYet: 'Todavía no se ha buscado.',
    upToDate: (time: string) => `Al día (última búsqueda: ${time})`,
    looking: 'Buscando…',
    look: 'Buscar ahora',
    offered: (version: string) => `Pimento ${version} está disponible`,
    notes: 'Novedades',
    download: (size: number) => `Descargar (${size}\u00A0MB)`,
    downloading: (percent: number) => `Descargando, ${percent}\u00A0%`,
    install: 'Instalar',
    installHint: 'Es lo que firmaron los autores de Pimento. El sistema pregunta antes de cambiar nada.',
    absent: 'No tiene ningún paquete para este sistema.',
    open: 'Ver qué hacer',

    wanted: 'Buscar versiones más recientes',
    wantedHint: 'Una vez al día. Nada se instala sin un clic.',
    defer: 'Ofrecerlas después de',
    deferUnit: 'días',
    deferError: 'Entre 0 y 90 días.',
  },
};
