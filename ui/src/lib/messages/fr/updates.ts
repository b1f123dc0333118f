// Ce qui est dit des nouvelles versions de Pimento, en français.

export const updates = {
  updates: {
    heading: 'Nouvelles versions',
    never: 'Cette version ne recherche pas de nouvelles versions.',
    off: 'Les nouvelles versions ne sont pas recherchées.',
    change: 'Modifier dans les paramètres',
    notYet: 'Pas encore recherché.',
    upToDate: (time: string) => `À jour (dernière recherche\u00A0: ${time})`,
    looking: 'Recherche…',
    look: 'Rechercher maintenant',
    offered: (version: string) => `Pimento ${version} est disponible`,
    notes: 'Nouveautés',
    download: (size: number) => `Télécharger (${size}\u00A0Mo)`,
    downloading: (percent: number) => `Téléchargement, ${percent}\u00A0%`,
    install: 'Installer',
    installHint:
      'C’est ce que les auteurs de Pimento ont signé. Votre système demande avant de changer quoi que ce soit.',
    absent: 'Elle n’a pas de paquet pour ce système.',
    open: 'Voir que faire',

    wanted: 'Rechercher de nouvelles versions',
    wantedHint: 'Une fois par jour. Rien n’est installé sans un clic.',
    defer: 'Les proposer après',
    deferUnit: 'jours',
    deferError: 'Entre 0 et 90 jours.',
  },
};
