# What went wrong. One sentence each: what happened, and where it helps what to do.

## What services refuse with: the table in src/codes.rs says which code is told by which sentence.

service-refused = Le service a refusé la demande.
active-already = Ce rôle est déjà actif.
not-active-any-more = Ce rôle n’est pas (ou plus) actif.
active-too-short = Un rôle doit être actif depuis cinq minutes avant de pouvoir être terminé.
another-request-waits = Une autre demande pour ce rôle est encore en attente.
overlaps-another-request = La période demandée chevauche une autre demande pour ce rôle.
stronger-sign-in-wanted = Ce rôle exige une connexion plus forte (un contexte d’authentification).
policy-forbids-activation = La stratégie du rôle ne permet pas cette activation.
request-invalid = Pour le service, la demande n’est pas valide.
time-invalid = Pour le service, la période demandée n’est pas valide.
last-administrator = Le dernier propriétaire ou administrateur ne peut pas y renoncer : quelqu’un d’autre doit d’abord le détenir.
no-licence = Ce locataire n’a pas de licence pour Privileged Identity Management.
nobody-consented = Personne n’a consenti aux autorisations dont Pimento a besoin.
account-may-not = Votre compte n’en a pas le droit.
account-may-not-here = Votre compte n’en a pas le droit dans cette étendue.
account-unknown = Le service ne connaît pas (encore) ce compte.
role-unknown = Le service ne connaît plus ce rôle.
definition-gone = La définition de ce rôle n’existe plus.
not-eligible-any-more = Vous n’êtes pas (ou plus) éligible à ce rôle.
request-unknown = Le service ne connaît pas (ou plus) cette demande.
policy-broken = La stratégie du rôle est défectueuse.
sign-in-not-accepted = Le service n’accepte plus la connexion.
not-found = Le service ne le trouve plus.
resource-group-gone = Le groupe de ressources n’existe plus.
subscription-gone = L’abonnement n’existe plus, ou appartient à un autre locataire.
management-group-gone = Le groupe d’administration n’existe plus.
request-not-understood = Le service ne comprend pas la demande.
azure-sign-in-expired = La connexion à Azure a expiré.
azure-sign-in-not-accepted = Azure n’accepte pas la connexion.
subscription-elsewhere = L’abonnement appartient à un autre locataire que celui de la connexion.
access-missing = Votre compte n’a pas accès à quelque chose dont cela dépend.
scope-locked = Un verrou sur la ressource l’interdit.
subscription-disabled = L’abonnement est désactivé.
azure-wants-pause = Azure demande une pause.
service-too-slow = Le service a mis trop de temps.
service-fault = Le service est en panne pour le moment.
azure-wants-mfa = Azure exige pour cela une authentification multifacteur.
service-wants-pause = Le service demande une pause.
service-away = Le service n’est pas disponible pour le moment.
list-place-lost = Le service a perdu le fil d’une liste : elle doit être relue depuis le début.
batch-failed = Une autre demande du même envoi a échoué, et celle-ci n’a pas été exécutée.
decided-already = Quelqu’un a déjà décidé de cette demande.
filter-not-understood = Le service ne comprend pas comment sa liste a été demandée.
azure-request-not-understood = Azure ne comprend pas la demande.
azure-refuses-name = Azure n’accepte pas le nom de la demande.
azure-kind-unknown = Cet Azure ne connaît pas le type de ressource demandé.
azure-version-missing = Azure ne trouve pas, dans la demande, la version de son interface.
azure-version-unknown = Cet Azure ne prend pas en charge la version de son interface qui a été demandée.
not-offered = Le service ne propose pas cela.
page-size-refused = Le service ne donne pas de pages de la taille demandée.
azure-assignment-gone = Azure ne trouve plus l’attribution de rôle.
permission-not-consented = Personne n’a consenti à l’autorisation nécessaire.
no-role-may-read = Aucun de vos rôles actifs ne vous permet de lire ceci.
sign-in-for-another-service = La connexion vaut pour un autre service que celui qui a été interrogé.

reason-required = Une justification est exigée.
ticket-required = Un numéro de ticket est exigé.
role-wants-mfa = Ce rôle exige une authentification multifacteur.
policy-forbids-duration = La stratégie du rôle ne permet pas cette durée.

redirect-unknown = L’inscription d’application ne connaît pas l’adresse de redirection de Pimento.
account-not-in-tenant = Ce compte n’est pas connu dans ce locataire.
password-expired = Le mot de passe a expiré.
account-disabled = Le compte est désactivé.
session-over = La session est terminée. Reconnectez-vous.
tenant-not-told = Le compte ne permet pas de déterminer le locataire.
mfa-setup-needed = L’authentification multifacteur doit d’abord être configurée.
mfa-needed = Une authentification multifacteur est nécessaire.
mfa-too-old = L’authentification multifacteur est trop ancienne.
account-not-assigned = Votre compte n’est pas affecté à cette application.
password-wrong = Le nom d’utilisateur ou le mot de passe est incorrect.
another-proof-wanted = Votre organisation exige une autre preuve de votre identité.
sign-in-revoked = La connexion a été révoquée, peut-être après un changement de mot de passe. Reconnectez-vous.
sign-in-expired = La connexion a expiré. Reconnectez-vous.
compliant-devices-only = Votre organisation n’autorise que les appareils conformes.
joined-devices-only = Votre organisation n’autorise que les appareils joints.
conditional-access-blocks = Une stratégie d’accès conditionnel bloque la connexion.
application-may-not = Cette application n’a pas le droit de demander des autorisations PIM.
consent-declined = Le consentement a été refusé.
sign-in-invalid = La connexion n’est plus valide. Reconnectez-vous.
code-invalid-any-more = Le code n’est plus valide. Recommencez.
code-expired = Le code a expiré. Recommencez.
fresh-sign-in-wanted = Votre organisation exige une connexion récente. Reconnectez-vous.
application-unknown = Le locataire ne connaît pas l’application. Le cloud et l’ID client ne vont peut-être pas ensemble.
sign-in-unused = La connexion est restée inutilisée trop longtemps. Reconnectez-vous.
no-public-client = L’inscription d’application n’est pas celle d’un client public.
administrator-consents = Un administrateur doit consentir aux autorisations dont Pimento a besoin.
no-such-tenant = Ce locataire n’existe pas dans ce cloud.
sign-in-cancelled = La connexion a été annulée.
sign-in-declined = La connexion a été refusée.
code-invalid = Le code n’est pas valide. Recommencez.
sign-in-wanted-again = Votre organisation demande que vous vous reconnectiez.
sign-in-service-wants-pause = Le service de connexion demande une pause.
sign-in-service-fault = Le service de connexion est en panne.

network-away = Le réseau est absent, ou le service est injoignable.
answer-lost = La réponse du service s’est perdue en chemin.
no-answer = Le service n’a pas répondu à temps.
azure-late = Azure n’a pas encore tout indiqué : la liste se complète d’elle-même.
grants-unreadable = Votre compte n’a pas le droit de lire quels rôles le groupe a reçus.
not-asked-for = Pimento n’a pas demandé les autorisations qu’il faut pour ce type de rôle.
answer-too-large = La réponse du service est bien trop volumineuse et n’a pas été lue.
web-page-instead = Quelque chose entre cet ordinateur et Microsoft a répondu par une page web. C’est le fait d’un réseau qui exige une connexion.
answer-not-understood = Le service a répondu d’une façon que cette version ne comprend pas.
foreign-link = Le service a renvoyé vers un autre serveur. Pimento n’a pas suivi.
endless-list = La liste du service n’a pas de fin.
root-certificate-unusable = Le certificat racine supplémentaire n’a pas pu être utilisé.
client-id-no-guid = L’ID d’application (client) n’est pas un GUID.
no-browser = Aucun navigateur n’a pu être ouvert. Connectez-vous plutôt avec un code sur un autre appareil.
no-listener = Pimento n’a pas pu se préparer à recevoir la réponse du navigateur.
nobody-signed-in = Personne ne s’est connecté dans les cinq minutes.
answer-not-proven = La réponse de la connexion ne prouvait pas de qui elle vient. Elle n’a pas été utilisée.
other-account = Un autre compte s’est connecté. Utilisez celui avec lequel Pimento est connecté.
keyring-away = Le trousseau du système n’est pas disponible : Pimento oubliera la connexion à sa fermeture.
keyring-damaged = Ce que le trousseau du système garde pour Pimento est endommagé. Reconnectez-vous.
keyring-taken = Un autre de vos programmes a déconnecté ou reconnecté ce compte : Pimento oubliera cette connexion à sa fermeture.
resource-refused = Le service de connexion ne donne pas accès à ce service ; une stratégie de votre organisation l’interdit peut-être.
request-lapsed = Personne n’a décidé de cette demande dans les 24 heures : elle a expiré, et peut être refaite.
request-gone = Cette demande n’est plus en attente : elle a été retirée, ou a expiré.
not-an-approver = Vous n’êtes pas parmi ceux qui peuvent décider de cette demande.
own-request = C’est votre propre demande : quelqu’un d’autre doit en décider.
decided-in-portal = Les extensions et les renouvellements ne se décident que dans le portail.
no-policy = Le service n’indique aucune stratégie pour ce rôle à cet endroit : un groupe en a une dès qu’il est géré avec PIM.
decision-uncertain = La réponse du service s’est perdue, et il ne connaît pour l’instant aucune décision.
review-over = Cette révision d’accès est terminée : personne n’y décide plus.
review-wants-reason = Cette révision d’accès exige une justification pour chaque approbation.
review-gone = La révision d’accès, ou cette personne dans la révision, n’existe plus.
not-a-reviewer = Vous n’êtes pas parmi les réviseurs de cette révision d’accès.
review-uncertain = La réponse du service s’est perdue, et il ne connaît pour l’instant aucune décision de votre part.
scan-failed = Le service n’a pas pu rechercher les alertes.
nobody-is-signed-in = Personne n’est connecté.

## For an administrator: what somebody copies and sends. The code and the correlation id come after it.

admin-consent = Merci d’accorder le consentement administrateur aux autorisations de Pimento (activer et lire les attributions de rôles d’annuaire et de groupes, lire leurs stratégies).
admin-licence = Privileged Identity Management exige Microsoft Entra ID P2 ou Entra ID Governance.
admin-device = Une stratégie d’accès conditionnel m’empêche de me connecter à Pimento sur cet appareil.
admin-version = Pimento demande à l’un des services de Microsoft quelque chose qu’il ne propose pas ici. Merci de vérifier s’il existe une version plus récente de Pimento, et si le cloud de ses paramètres est le bon.
admin-registration = Merci de vérifier l’inscription d’application que Pimento utilise : client public, URI de redirection http://localhost sous « Applications mobiles et de bureau ».
admin-last-holder = Je veux renoncer à un rôle que personne d’autre ne détient. Merci de l’attribuer d’abord à quelqu’un d’autre.
admin-permission = Mon compte n’a pas l’autorisation nécessaire.
admin-policy = La stratégie PIM de ce rôle n’est pas valide.
admin-lock = Un verrou sur la ressource m’empêche d’activer mon rôle. Merci de le supprimer.
admin-subscription = L’abonnement est désactivé.
admin-reader = Mon compte n’a pas de rôle qui permette de lire ceci.
admin-account = Mon compte est désactivé.
admin-assign = Merci d’affecter mon compte à l’application que Pimento utilise.
admin-sign-in-log = Le service de connexion me refuse l’accès à l’un des services que Pimento utilise. Merci de consulter mon journal de connexion.
admin-code =
    { $text }
    Code : { $code }
admin-correlation-id =
    { $text }
    ID de corrélation : { $id }

## What Pimento itself says about an activation, mostly before anything is sent.

duration-impossible = La stratégie de ce rôle ne permet aucune activation assez longue pour le service. Rien n’a été envoyé.
admin-duration = La stratégie PIM d’un rôle ne permet que des activations de moins de cinq minutes, que le service refuse. Merci de vérifier sa durée maximale.
# $length: "1 h 30 min".
duration-too-long = Ce rôle peut être actif pendant { $length } au plus.
duration-too-short = Une activation dure { $length } au moins.
start-too-late = Une activation peut être planifiée au plus un an à l’avance.
# $scope and $eligible are names of scopes.
not-below = Pour autant que Pimento le sache, { $scope } ne se trouve pas sous { $eligible } ; rien n’a été envoyé.
not-below-eligible = Pour autant que Pimento le sache, { $scope } ne se trouve pas sous l’étendue de votre éligibilité ; rien n’a été envoyé.
reason-missing = Ce rôle exige une justification.
ticket-missing = Ce rôle exige un numéro de ticket.
already-engaged = Ce rôle est déjà actif ou en voie de l’être ; rien n’a été envoyé.
eligibility-over = Vous n’êtes plus éligible à ce rôle ; rien n’a été envoyé.
not-extendable = Une extension peut être demandée dans les 14 derniers jours, un renouvellement dans les 30 jours qui suivent la fin, et seulement pour ce qui vous est attribué directement. Rien n’a été envoyé.
not-active = Ce rôle n’est pas actif ; rien n’a été envoyé.
# $time: "17:30".
locked-until = Une activation peut être terminée cinq minutes après son début, ici dès { $time }. Rien n’a été envoyé.
approval-first = Quelqu’un doit de nouveau approuver ce rôle : une fois qu’il est terminé, vous êtes sans lui jusque-là. Rien n’a été terminé ; confirmez dans le formulaire que vous le voulez tout de même.
not-renewable-approval = Ce rôle ne peut pas se renouveler de lui-même : quelqu’un doit approuver chaque activation. Rien n’a été programmé.
not-renewable-ticket = Ce rôle ne peut pas se renouveler de lui-même : il exige un ticket à chaque activation. Rien n’a été programmé.
not-renewable-reason = Ce rôle ne peut pas se renouveler de lui-même : il exige une justification, et aucune n’est connue. Rien n’a été programmé.
not-renewable-eligibility = Ce rôle ne peut pas se renouveler de lui-même : vous n’y êtes plus éligible. Rien n’a été programmé.
not-while-active = Le service n’accepte aucune demande pour un rôle actif. Redemandez quand il aura pris fin.
not-while-active-known = Le service n’accepte aucune demande pour un rôle actif, il l’a déjà dit ; rien n’a été envoyé. Redemandez quand il aura pris fin.
request-not-sent = La connexion réseau a été coupée pendant l’envoi de la demande. Pimento a vérifié pendant trois minutes : le service ne l’a jamais reçue.
request-uncertain = La réponse à la demande s’est perdue, et pendant une heure le service n’a pas pu être interrogé à ce sujet.
extension-uncertain = La réponse à la demande s’est perdue, et Pimento n’a pas le droit de lister ces demandes : elle est peut-être arrivée. Redemander ne pose pas de problème.
same-challenge = Vous vous êtes reconnecté, mais le service exige toujours une connexion plus forte. Demandez à un administrateur s’il y a une stratégie d’accès conditionnel derrière le contexte d’authentification de ce rôle.
renewal-needs-you = Le renouvellement exige que vous vous reconnectiez, ce que Pimento ne lance jamais de lui-même.
renewal-lapsed = Le renouvellement n’a pas été envoyé : Pimento ou le réseau était absent à la fin de l’activation.
ended-elsewhere = Cette activation a été terminée avant l’heure, pas d’ici. Le renouvellement programmé est abandonné.
request-denied = La demande a été refusée.
request-denied-because = La demande a été refusée : « { $reason } »
request-denied-by = { $person } a refusé la demande.
request-denied-by-because = { $person } a refusé la demande : « { $reason } »
managed-bundle = Le lot « { $name } » est celui de votre organisation : il peut être exécuté, pas modifié. Rien n’a été enregistré.
# $why: a sentence of a bundle's, such as "a bundle needs a name".
bundle-not-kept = Rien n’a été enregistré : { $why }.
# $names: names of roles.
bundle-kept-without = Le lot a été enregistré sans { $names } : vous n’y êtes pas éligible.
bundle-nothing-left = Rien n’a été enregistré, car vous n’y êtes pas éligible : { $names }.
cancelled-elsewhere = La demande a été annulée, pas d’ici.
nobody-decided = Personne n’a décidé de la demande dans les 24 heures.
service-ended-it = Le service a mis fin à cette activation.
# $status: a word of the service's.
activation-failed = Le service n’a pas pu exécuter l’activation (état { $status }).
still-in-flight = Le service traite cette demande depuis une heure (état { $status }).
deactivation-not-sent = La connexion réseau a été coupée pendant l’envoi de la désactivation. Le service ne l’a jamais reçue ; le rôle est toujours actif.

## Sign-in, consent, clouds and tenants. $permission is the name of a permission, $page an address.

# Comes after the sentence of what happened.
go-on-with-consented = Reconnectez-vous pour continuer avec les autorisations accordées.
administrator-consents-to = Un administrateur doit consentir à l’autorisation nécessaire ({ $permission }).
nobody-consented-to = Personne n’a consenti à l’autorisation nécessaire ({ $permission }).
unknown-cloud = Aucun cloud ne s’appelle « { $name } ». Choisissez-en un dans les paramètres.
tenants-not-consented = Azure connaît vos locataires, mais personne n’a consenti à ce que Pimento l’interroge. Indiquez plutôt le locataire.
# $reason is in English.
demo-scenario-unusable = Votre scénario de démonstration ne peut pas être utilisé : { $reason }. Réessayez pour utiliser l’entreprise intégrée.
demo-tenant-not-here = { $variable } ne désigne pas un locataire qui s’exécute sur cet ordinateur.
demo-not-started = Le locataire de démonstration n’a pas pu être démarré.
admin-extend = Je veux demander dans Pimento l’extension d’une éligibilité, ce qui exige l’autorisation { $permission }. Merci d’y consentir : { $page }
admin-consent-page = Merci de consentir aux autorisations dont Pimento a besoin : { $page }
admin-consent-permission = Merci de consentir à l’autorisation { $permission } pour Pimento : { $page }
admin-need-permission = J’ai besoin de l’autorisation { $permission } pour mon travail avec Pimento. Merci d’y consentir : { $page }

## Roles that somebody enters by name or id. $name is what they wrote.

enter-name-or-id = « { $name } » n’a pas été ajouté à la liste. Saisissez son nom ou son ID.
enter-member-or-owner = « { $name } » n’a pas été ajouté à la liste. D’un groupe, on peut être membre ou propriétaire.
enter-scope = « { $name } » n’a pas été ajouté à la liste. Saisissez son étendue : /subscriptions/ et la suite.
enter-definition-id = « { $name } » n’a pas été ajouté à la liste. Saisissez plutôt l’ID de sa définition.
enter-nothing-found = « { $name } » n’a pas été ajouté à la liste. Rien ne porte ce nom.
enter-several-found = « { $name } » n’a pas été ajouté à la liste. Ce nom existe plusieurs fois. Saisissez plutôt l’ID.
enter-no-names = Les noms ne peuvent pas être recherchés ici. Saisissez plutôt l’ID.
