# Notifications: titles, texts and buttons.

## Activations. $role is a role's name, $names several, "A, B and C"; $time is "17:30".

in-minutes =
    { $minutes ->
        [0] dans moins d’une minute
        [one] dans { $minutes } minute
       *[other] dans { $minutes } minutes
    }
role-ends = { $role } prend fin { in-minutes }
roles-end = { $count } rôles prennent fin { in-minutes }
renews-by-itself = Réactivation automatique à { $time }.
active-until = Actif jusqu’à { $time }.
active-from = Actif dès { $time }.
only-names = { $names }.
names-at = { $names }, à { $time }.
reason = Justification : { $reason }
role-ended = { $role } a pris fin
roles-ended = { $count } rôles ont pris fin
# $length: "1 h 30 min".
was-active-for = Actif pendant { $length }, jusqu’à { $time }.
role-approved = { $role } a été approuvé
roles-approved = { $count } rôles ont été approuvés
role-renewed = { $role } a été réactivé
roles-renewed = { $count } rôles ont été réactivés
role-cancelled = { $role } a été annulé
roles-cancelled = { $count } rôles ont été annulés
role-not-activated = { $role } n’a pas été activé
roles-not-activated = { $count } rôles n’ont pas été activés
role-not-renewed = { $role } ne sera pas réactivé
roles-not-renewed = { $count } rôles ne seront pas réactivés
nobody-has-to-decide = Plus personne n’a à en décider.

## What somebody can do who reads that something failed.

next-sign-in = Reconnectez-vous dans Pimento.
next-edit-form = Ouvrez le formulaire pour redemander.
next-retry = Réessayez.
next-retry-from = Réessayez dès { $time }.
next-refresh = Actualisez la liste dans Pimento.
next-ask-admin = Adressez-vous à un administrateur : Pimento a un texte à envoyer.
trace-code = Code : { $code }
trace-id = ID de corrélation : { $id }
trace-code-and-id = Code : { $code }, ID de corrélation : { $id }

## Roles that somebody was given, or has lost.

eligible-now = Nouvelle éligibilité : { $role }
eligible-now-several = { $count } nouvelles éligibilités
can-be-activated-now = Vous pouvez désormais activer ce rôle.
taken-away = { $role } a été retiré
taken-away-several = { $count } rôles ont été retirés
not-eligible-now = Vous n’y êtes plus éligible.
not-eligible-now-several = Vous n’y êtes plus éligible : { $names }.
not-held-now = Vous ne le détenez plus.
not-held-now-several = Vous ne les détenez plus : { $names }.
# At the end of a list of names: "A, B and 2 more".
so-many-more =
    { $count ->
        [one] { $count } autre
       *[other] { $count } autres
    }

## What others do, told to whoever decides about it. $person is a name, $role "Exchange Administrator (Contoso)".

# The title of a notification, and the tenant that it is about.
title-at-tenant = { $title } · { $tenant }
request-waits = Une demande attend votre décision
requests-wait = { $count } demandes attendent votre décision
# $role in the title, what follows in the text.
asks-for = { $person } demande { $role }
# One line of several.
person-and-role = { $person } : { $role }
decide-until = À décider avant { $time }.
open-to-decide = Ouvrez-la pour décider.
open-them-to-decide = Ouvrez-les pour décider.
for-length = Pour { $length }.
quoted = « { $text } »
ticket = Ticket { $number }.
review-ends-soon = Une révision d’accès se termine bientôt
review-named-ends-soon = Révision d’accès bientôt terminée : { $name }
reviews-end-soon = { $count } révisions d’accès se terminent bientôt
undecided-about =
    { $people ->
        [one] Il vous reste { $people } personne à examiner. Fin à { $time }.
       *[other] Il vous reste { $people } personnes à examiner. Fin à { $time }.
    }
eligibility-ends-soon = Éligibilité bientôt terminée : { $role }
eligibilities-end-soon = { $count } de vos éligibilités se terminent bientôt
ask-for-extension = Elle se termine le { $day } : vous pouvez demander une extension.
# One line of several: the role and the day on which its eligibility ends.
role-and-day = { $role } : { $day }
somebody-activated = { $person } a activé { $role }
privileged-role-activated = Un rôle privilégié a été activé
privileged-roles-activated = { $count } rôles privilégiés ont été activés
until = Jusqu’à { $time }.
at-time = À { $time }.
# The last line of several.
and-more =
    { $count ->
        [one] et { $count } autre
       *[other] et { $count } autres
    }
# Where the directory has no name.
somebody-unknown = quelqu’un que l’annuaire ne connaît pas
somebody-unknown-id = quelqu’un que l’annuaire ne connaît pas ({ $id })
unnamed-role = un rôle sans nom
