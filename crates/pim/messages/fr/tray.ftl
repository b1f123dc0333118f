# The icon's menu and tooltip, buttons of notifications, and what is said when there is no window. Menus are narrow: short words.
# $role is a role's name with its scope, $tenant a tenant's name, $time "17:30", $left "2 h 41".

## The tooltip.

starting = Démarrage
offline = Hors connexion
offline-as-of = Hors connexion · état à { $time }
not-signed-in = Non connecté
waiting-for-sign-in = En attente de la connexion dans votre navigateur
nothing-active = Rien d’actif · { $account }
roles-active =
    { $count ->
        [one] { $count } rôle actif
       *[other] { $count } rôles actifs
    }
left-until = { $role } · reste { $left }, jusqu’à { $time }
left-renews = { $role } · reste { $left }, se renouvelle à { $time }
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Where a role stands.

state-requesting = demande en cours…
state-stepping-up = à confirmer dans le navigateur
state-checking = vérification…
state-waiting-for-approval = attend l’approbation
state-provisioning = mise en place…
state-scheduled = planifié
state-deactivating = fin en cours…
state-failed = échec

## The menu. What ends with … opens a window.

menu-open = Ouvrir Pimento
menu-manage = Gérer…
menu-settings = Paramètres
menu-quit = Quitter
waiting =
    { $count ->
        [one] { $count } demande attend votre décision
       *[other] { $count } demandes attendent votre décision
    }
waiting-open = { waiting }…
waiting-open-at = { waiting } ({ $tenant })…
sign-in-again-at = Se reconnecter à { $tenant }…
menu-renew = Renouveler
menu-renew-at = Renouveler à { $time }
menu-renew-form = Renouveler…
menu-deactivate = Désactiver
menu-deactivate-from = Désactiver, possible dès { $time }
menu-withdraw = Retirer la demande
menu-show = Afficher dans Pimento
menu-dismiss = Masquer
menu-copy-details = Copier les détails
menu-undo = Annuler : { $role }
menu-activate = Activer { $role }
menu-activate-form = Activer { $role }…
menu-request = Demander { $role }
menu-request-form = Demander { $role }…
menu-bundles = Lots
bundle-not-eligible = { $bundle } · aucun rôle éligible
bundle-active = { $bundle } · actif
menu-sign-in = Se connecter…
menu-demo = Essayer le locataire de démonstration
menu-cancel-sign-in = Annuler la connexion
menu-sign-out = Déconnecter { $account }
menu-pause = Suspendre les rappels une heure
menu-paused-until = Rappels suspendus jusqu’à { $time }

## "Copy details": for a message to a colleague or a ticket, a line each.

detail-from = Début : { $time }
detail-until = Fin : { $time }
detail-reason = Justification : { $reason }
detail-ticket = Ticket : { $number }
detail-failed = Échec : { $problem }
# A sentence and what identifies the failure.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }, ID de corrélation { $id })

## Buttons of notifications.

button-reactivate = Réactiver
button-decide = Décider
button-review = Examiner
button-show = Afficher
button-open = Ouvrir Pimento
button-dismiss = Masquer

# A notification that was held back while reminders were paused. $text is a sentence.
held-back = Notification retenue à { $time }. { $text }

## Keys that work from anywhere. $keys: "Ctrl+Alt+P".

keys-taken = { $keys } n’a aucun effet : un autre programme utilise ces touches. Choisissez-en d’autres, ou libérez-les dans ce programme.
keys-missing = Ce clavier n’a pas de touche { $key }, { $keys } n’a donc aucun effet. Choisissez d’autres touches.
keys-declined = Votre bureau n’a pas accordé { $keys } à Pimento. Ses paramètres de clavier disent peut-être pourquoi ; sinon, choisissez d’autres touches.
keys-unsupported = Ce bureau ne donne aux programmes aucun raccourci valable partout, { $keys } n’a donc aucun effet. Dans ses paramètres de clavier, un raccourci vers la commande `pimento` ouvre la fenêtre.
keys-failed = { $keys } n’a aucun effet : ces touches n’ont pas pu être demandées au système.
# What the desktop shows of them.
keys-for-window = Ouvrir Pimento
keys-for-bundle = Ouvrir le formulaire d’un lot dans Pimento

## Where there is no window. $error is the system's, in its language or in English.

runs-in-tray = Pimento s’exécute dans la zone de notification
window-gave-up = La fenêtre s’est fermée d’elle-même plus d’une fois. Cliquez sur l’icône pour la rouvrir. Ce qui y était saisi est perdu ; le fichier journal en dit plus.
window-ended-at-once = La fenêtre n’a pas pu être ouverte : son programme s’est terminé aussitôt. Le fichier journal en dit plus.
window-not-opened = La fenêtre ne peut pas être ouverte : { $error }
window-needs-runtime = La fenêtre a besoin de Microsoft Edge WebView2 Runtime, qui n’est pas installé. Installez-le depuis le site de Microsoft, puis rouvrez Pimento.
manage-ended = La fenêtre « Gérer » s’est fermée d’elle-même. Rouvrez-la depuis le menu de l’icône ; le fichier journal en dit plus.
manage-ended-with = La fenêtre « Gérer » s’est fermée d’elle-même. Rouvrez-la depuis le menu de l’icône ; le fichier journal en dit plus. ({ $error })
manage-not-opened = La fenêtre n’a pas pu être ouverte : { $error }
manage-title = Pimento : Gérer
too-long = C’est trop long.
pimento-silent = Pimento ne répond pas. Réessayez.
pimento-ends = Pimento se ferme
