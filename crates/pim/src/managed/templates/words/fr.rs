//! In French.

use super::Words;

pub(super) const FRENCH: Words = Words {
    code: "fr-FR",
    description: "Ce qu’une organisation peut définir pour Pimento. Cela l’emporte sur les paramètres de l’utilisateur et s’affiche avec un cadenas.",
    supported: "Pimento 0.1 ou plus récent",
    members: [("from", "De"), ("to", "À"), ("bundle", "Lot"), ("keys", "Touches")],
    entries: [
        (
            "bundles",
            "Lots de l’organisation",
            "Un fichier avec son chemin complet, ou une adresse https, avec des lots que chacun peut lancer et que personne ne peut modifier.",
        ),
        (
            "warnMinutes",
            "Avertissement avant la fin",
            "Minutes avant la fin d’un rôle auxquelles vient l’avertissement.",
        ),
        (
            "notificationDetails",
            "Détails dans les notifications",
            "Les motifs, les locataires et ce que font les autres figurent dans les notifications. À désactiver pour les écrans que d’autres voient.",
        ),
        ("autostart", "Démarrer avec le système", "Démarrer avec le système."),
        (
            "hideOnBlur",
            "Masquer quand une autre fenêtre est utilisée",
            "Masquer la fenêtre quand une autre est utilisée.",
        ),
        ("appearance", "Apparence", "Clair ou sombre, ou comme le système."),
        ("language", "Langue", "La langue, quelle que soit celle du système."),
        (
            "timeBesideIcon",
            "Temps restant à côté de l’icône",
            "Le temps restant à côté de l’icône dans la zone de notification.",
        ),
        (
            "historyDays",
            "Garder l’historique",
            "Jours pendant lesquels ce qui a été demandé est gardé sur cet ordinateur, avec les motifs. 0 : pas plus longtemps que nécessaire.",
        ),
        (
            "reasonLength",
            "Avertir des motifs courts",
            "Un avertissement vient pour les motifs de moins de caractères. 0 : pour aucun. Il n’arrête rien ; ce qu’exige une stratégie, si.",
        ),
        (
            "reasonTemplates",
            "Motifs au choix",
            "Motifs au choix, avant ceux de l’utilisateur. {date} devient le jour, {ticket} le numéro du ticket.",
        ),
        (
            "clientId",
            "Inscription d’application",
            "ID client de l’inscription d’application de l’organisation, à la place de Microsoft Graph Command Line Tools.",
        ),
        (
            "tenant",
            "Locataire",
            "Locataire auquel se connecter, par son ID ou un domaine, à la place du locataire d’origine du compte.",
        ),
        ("cloud", "Cloud", "Cloud auquel se connecter."),
        (
            "shortcut",
            "Touches qui ouvrent Pimento",
            "Touches qui ouvrent la fenêtre depuis n’importe où, par exemple Ctrl+Alt+P.",
        ),
        (
            "bundleShortcut",
            "Touches qui ouvrent le formulaire d’un lot",
            "Un lot, et les touches qui ouvrent son formulaire depuis n’importe où. Elles n’activent rien.",
        ),
        (
            "quiet",
            "Heures calmes",
            "Heures sans notifications, sauf pour ce à quoi l’utilisateur doit répondre. Ce qui est encore vrai est dit après.",
        ),
        (
            "renewal.arm",
            "Renouveler seul",
            "Les rôles dont les stratégies ne demandent rien se renouvellent seuls, sauf si l’utilisateur les désarme.",
        ),
        ("renewal.until", "Renouveler seul jusqu’à", "Après cette heure, rien ne se renouvelle seul ce jour-là."),
        (
            "day.endsAt",
            "Désactiver à une heure ce qui est actif",
            "À cette heure, ce qui est actif est désactivé, après un avertissement.",
        ),
        (
            "day.endOnLock",
            "Désactiver au verrouillage ce qui est actif",
            "Ce qui est actif est désactivé quand l’écran est verrouillé. Sous Linux seulement.",
        ),
        (
            "day.reminders",
            "Rappels",
            "Formulaires proposés encore et encore, comme dans le fichier même des paramètres.",
        ),
        (
            "watch.activations",
            "Dire qui active des rôles privilégiés",
            "Dire qui d’autre active des rôles privilégiés. Cela coûte des requêtes.",
        ),
        ("watch.roles", "Rôles surveillés", "Quels rôles, par nom ou ID. Aucun : ceux qui ont le plus de privilèges."),
        (
            "watch.quiet",
            "Heures calmes pour les activations des autres",
            "Heures pendant lesquelles rien n’est dit des activations. Cela est dit après.",
        ),
        (
            "updates.look",
            "Rechercher de nouvelles versions",
            "Rechercher une fois par jour une nouvelle version de Pimento. Désactivé : aucun serveur n’est interrogé.",
        ),
        (
            "updates.deferDays",
            "Jours avant qu’une nouvelle version soit proposée",
            "Jours après sa parution pendant lesquels une nouvelle version n’est pas proposée.",
        ),
    ],
};
