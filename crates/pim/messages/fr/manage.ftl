# The Manage window: what an administrator decides about others. $person is a name, $role a role with its scope.

## Whatever is asked there.

not-listed-any-more = Ce que vous avez choisi ne figure plus dans la liste. Rien n’a été envoyé : consultez de nouveau la liste.
too-many-questions = Trop de choses ont été demandées à la fois. Rien n’a été envoyé : réessayez dans un instant.
# $wrong: what is wrong, in English.
watch-not-saved = Cela n’a pas été enregistré : { $wrong }.
no-downloads-folder = Le système n’indique aucun dossier de téléchargements.
no-folder = Le système n’indique aucun dossier où conserver quoi que ce soit.
write-how-name-begins = Saisissez le début du nom.
ask-something = Collez un message d’erreur, nommez une action ou dites ce que vous voulez faire.
no-such-scope = Une étendue d’Azure commence par /subscriptions/ ou par /providers/Microsoft.Management/managementGroups/. Dans le portail, elle figure parmi les propriétés, sous le nom d’ID de ressource.
the-directory = L’annuaire
# One line: whom, or which role, and which rule of it.
about-rule = { $role } : { $rule }

## Approvals.

decision-wants-reason = Une décision exige une justification. Rien n’a été envoyé.
you-approved-already = Vous avez déjà approuvé cette demande.
you-denied-already = Vous avez déjà refusé cette demande.
approved-already-by = { $person } a déjà approuvé cette demande.
denied-already-by = { $person } a déjà refusé cette demande.
approved-already = Cette demande a déjà été approuvée.
denied-already = Cette demande a déjà été refusée.

## Access reviews.

nothing-recommended = Le service ne recommande rien ici. Rien n’a été envoyé.
may-keep = { $person } peut garder { $role }
is-to-lose = { $person } doit perdre { $role }
do-not-know = Dire que vous ne savez pas si { $role } est encore nécessaire à { $person }
# $said: one of the three above. What was said before, which it replaces.
so-far-approved = { $said } (jusqu’ici : approuvé)
so-far-denied = { $said } (jusqu’ici : refusé)
so-far-undecided = { $said } (jusqu’ici : sans décision)
so-far-approved-by = { $said } (jusqu’ici : approuvé par { $person })
so-far-denied-by = { $said } (jusqu’ici : refusé par { $person })
so-far-undecided-by = { $said } (jusqu’ici : laissé sans décision par { $person })

## Alerts. Names of roles stay as Microsoft has them in this language.

alert-readers = Aucun de vos rôles actifs ne le permet. Il faut être Lecteur général, Lecteur de sécurité, Administrateur de la sécurité, Administrateur de rôle privilégié ou Administrateur général.
alert-writers = Aucun de vos rôles actifs ne le permet. Il faut être Administrateur de rôle privilégié ou Administrateur général.

## Downloads of the audit history. $file is a path.

nothing-downloaded = Aucun téléchargement n’est en cours.
# $reason is the system's.
file-not-written = Le fichier n’a pas pu être écrit : { $reason }.
file-is-there = { $file } existe déjà
file-is-busy = { $file } est en cours d’écriture par un autre processus
file-is-another = { $file } a été commencé avec une autre requête ou un autre compte : refaites la même requête, ou supprimez ce fichier ainsi que { $state }
# One of the three above, as a sentence.
file-sentence = { $what }.

## Assignments.

application-not-eligible = Une application ne peut rien activer, elle ne peut donc pas être éligible : attribuez-lui le rôle comme actif.
eligible-already-for-ever = Cette éligibilité existe déjà, sans fin. Seule sa date de fin peut être modifiée.
assigned-already-for-ever = Cette attribution existe déjà, sans fin. Seule sa date de fin peut être modifiée.
# $day: 2026-11-23.
eligible-already-until = Cette éligibilité existe déjà, jusqu’au { $day }. Seule sa date de fin peut être modifiée.
assigned-already-until = Cette attribution existe déjà, jusqu’au { $day }. Seule sa date de fin peut être modifiée.
end-of-activation = C’est une activation : sa fin est l’affaire de la personne qui l’a faite. L’activation elle-même peut être retirée.
same-end = La fin est déjà fixée à ce moment-là. Rien n’a été modifié.
end-before-start = La fin est antérieure au début, ou déjà passée.
# $length: "90 days", "8 hours".
no-permanent-eligibilities = La stratégie du rôle ne permet pas d’éligibilité permanente : { $length } au plus.
no-permanent-assignments = La stratégie du rôle ne permet pas d’attribution active permanente : { $length } au plus.
eligibilities-at-most = La stratégie du rôle permet des éligibilités de { $length } au plus.
assignments-at-most = La stratégie du rôle permet des attributions actives de { $length } au plus.
policy-wants-reason = La stratégie du rôle exige une justification.
policy-wants-ticket = La stratégie du rôle exige un numéro de ticket.
last-group-owner = Le groupe n’a pas d’autre propriétaire actif que { $person } : ensuite, plus personne ne pourrait l’administrer. Le service refuse ce retrait. Attribuez d’abord { $role } à quelqu’un d’autre : comme actif, et à une personne ou à un groupe, car les applications ne comptent pas.
last-role-holder = Le rôle n’est actif que pour { $person } : ensuite, plus personne ne pourrait le réattribuer. Le service refuse ce retrait. Attribuez d’abord { $role } à quelqu’un d’autre : comme actif, et à une personne ou à un groupe, car les applications ne comptent pas.
last-azure-administrator = Personne d’autre que { $person } ne donne accès à la racine d’Azure. Le service refuse ce retrait. Attribuez d’abord { $role } à quelqu’un d’autre : comme actif, et à une personne ou à un groupe, car les applications ne comptent pas.
only-permanent = Seul le compte { $person } détient { $role } de façon permanente. Si ce compte est perdu, il se peut que personne ne puisse le réattribuer : deux comptes sont recommandés.
none-permanent = Personne ne détient { $role } de façon permanente. Si personne ne peut l’activer, il se peut que personne ne puisse le réattribuer : deux comptes sont recommandés.
# $problem: what was lost, as a sentence.
change-uncertain = La réponse s’est perdue, et le service n’indique pas que ce soit fait. Consultez les attributions avant de réessayer. ({ $problem })
they-have-it = C’est déjà attribué.
nothing-to-renew = Rien de ce qui a pris fin ne peut être renouvelé ici. Une nouvelle attribution reste possible.
they-do-not-have-it = Ce n’est pas (ou plus) attribué.
last-of-its-kind = C’est la dernière attribution de ce genre : le service refuse qu’il n’y ait plus personne. Attribuez-la d’abord à quelqu’un d’autre.
policy-forbids-this = La stratégie du rôle ne le permet pas.
policy-forbids-length = La stratégie du rôle ne permet pas cette durée.
principal-unknown = Le service ne connaît pas (ou plus) cette personne, ce groupe ou cette application.

## Permanent assignments that could be eligibilities.

# The reason that is sent with it, unless somebody writes one.
reason-instead = Éligibilité au lieu d’une attribution permanente
keep-application = Une application ne peut rien activer, elle ne peut donc pas être éligible.
keep-for-emergencies =
    { $count ->
        [1] Il est recommandé que deux comptes d’urgence le détiennent en permanence, et un seul le détient.
        [2] Il est recommandé que deux comptes d’urgence le détiennent en permanence, et deux le détiennent.
       *[other] Il est recommandé que deux comptes d’urgence le détiennent en permanence, et { $count } le détiennent : décidez lesquels peuvent s’en passer.
    }
eligibility-not-there-yet = Le service a accepté l’éligibilité, mais n’a pas encore fini : l’attribution permanente a été laissée en place. Réessayez dans quelques minutes.
# $problem: a sentence.
assignment-still-there = L’éligibilité est en place, mais l’attribution permanente existe toujours : { $problem }

## Policies: titles of their rules.

rule-activation-length = Durée d’une activation
rule-eligibility-length = Durée d’une éligibilité
rule-assignment-length = Durée d’une attribution active
rule-activation-asks = Exigé pour une activation
rule-eligibility-asks = Exigé pour rendre quelqu’un éligible
rule-assignment-asks = Exigé pour une attribution active
rule-context = Contexte d’authentification d’une activation
rule-approval = Approbation d’une activation
mail-admin-eligible = E-mail aux administrateurs quand quelqu’un devient éligible
mail-admin-active = E-mail aux administrateurs lors d’une attribution active
mail-admin-activated = E-mail aux administrateurs lors d’une activation
mail-requestor-eligible = E-mail à la personne concernée quand elle devient éligible
mail-requestor-active = E-mail à la personne concernée lors d’une attribution active
mail-requestor-activated = E-mail à la personne concernée lors d’une activation
mail-approver-eligible = E-mail aux approbateurs quand quelqu’un devient éligible
mail-approver-active = E-mail aux approbateurs lors d’une attribution active
mail-approver-activated = E-mail aux approbateurs lors d’une activation

## What a rule says. It stands beside its title, without a capital and without a full stop.

rule-unknown = une règle que cette version de Pimento ne connaît pas
at-most = { $length } au plus
at-most-never-permanent = { $length } au plus, jamais permanente
permanent-allowed = peut être permanente
asks-reason = une justification
asks-ticket = un ticket
asks-mfa = une authentification multifacteur
# Another word of the service's.
asks-other = « { $word } »
asks-nothing = rien
context-unnamed = un contexte sans nom
context-none = aucun
approval-not-needed = non requise
# $names: those who approve.
approval-by = requise, par { $names }
approval-by-with-reason = requise, par { $names }, avec une justification
approval-by-administrators = les administrateurs de rôle privilégié
mail-none = aucun
mail-no-recipients = aucun : il n’y a pas de destinataires
# $names: addresses, and the one below.
mail-all-to = tous les e-mails, à : { $names }
mail-critical-to = seulement les e-mails critiques, à : { $names }
mail-defaults = destinataires par défaut
# Lengths of time as policies have them.
length-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
length-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
length-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
# "1 hour 30 minutes": both from above.
length-both = { $hours } { $minutes }

## Changes of policies. $rule is a title from above.

approval-wants-somebody = Une approbation exige quelqu’un qui approuve : ici, personne ne le fait par défaut.
copy-one-kind = Les règles se copient entre rôles du même type. Rien n’a été envoyé.
# $reason is in English, with the line.
policy-file-not-taken = Le fichier n’a pas été accepté : { $reason }. Rien n’a été envoyé.
rules-changed-since = Quelqu’un a modifié ces règles entre-temps. Rien n’a été envoyé : examinez de nouveau les différences.
policies-not-written = Les stratégies n’ont pas pu être enregistrées dans votre dossier de téléchargements.
no-rule-for-this = La stratégie n’a pas de règle pour cela ({ $rule }).
rule-strange = Cette version de Pimento ne comprend pas la façon dont la règle y est écrite ({ $rule }).
longest-activation-range = L’activation la plus longue va d’une demi-heure à 24 heures, par pas d’une demi-heure.
limit-range = Toute durée limitée va de 1 à { $most } jours.
context-range = Un contexte d’authentification est l’un de c1 à c99.
approver-not-found = Un approbateur n’est pas parmi les résultats de la recherche. Recherchez-le de nouveau.
application-cannot-approve = Une application ne peut rien approuver.
not-an-address = « { $text } » n’est pas une adresse e-mail.
rule-not-taken = Le service n’accepte pas la règle telle qu’elle est.
