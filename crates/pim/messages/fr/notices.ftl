# What stands above the list until somebody has read it: files, keyring, browser, bundles. $reason is a library's or
# the system's, or says what is wrong in a line of a file; it is in English.

## Files.

settings-unreadable = Les paramètres n’ont pas pu être lus ({ $reason }) : les valeurs par défaut s’appliquent.
settings-unreadable-kept = Les paramètres n’ont pas pu être lus ({ $reason }) : les valeurs par défaut s’appliquent. Le fichier a été conservé sous le nom { $name }.
settings-not-saved = Les paramètres n’ont pas été enregistrés : { $reason }.
saved-list-unreadable = La liste enregistrée lors de la dernière exécution n’a pas pu être lue ({ $reason }).
saved-list-unreadable-kept = La liste enregistrée lors de la dernière exécution n’a pas pu être lue ({ $reason }). Le fichier a été conservé sous le nom { $name }.
journal-unreadable = Le journal de Pimento n’a pas pu être lu en entier (ligne { $line } : { $reason }). Il a été conservé sous le nom { $name } ; des justifications mémorisées ou des renouvellements programmés manquent peut-être.
bundles-unreadable = Les lots de votre organisation n’ont pas pu être lus depuis { $place } : { $reason }.
cannot-note = Pimento n’a pas pu noter ce qui s’est passé ; il le vérifiera après un redémarrage.
cannot-remove = Pimento n’a pas pu supprimer tout ce qu’il gardait pour ce compte.
cannot-note-accounts = Pimento n’a pas pu noter quels comptes sont connectés.
cannot-keep-list = Pimento n’a pas pu garder la liste pour le prochain démarrage.
cannot-save-settings = Pimento n’a pas pu enregistrer les paramètres ; ils ne valent que jusqu’à sa fermeture.
cannot-write-first = Pimento n’a pas pu écrire ses fichiers ; il n’a donc rien envoyé dont il pourrait avoir à se souvenir.
cannot-open-journal = Pimento n’a pas pu ouvrir son journal ; il n’envoie donc rien dont il pourrait avoir à se souvenir.
keyring-not-wiped = La session est fermée ici, mais le trousseau n’a pas pu être vidé.
browser-not-opened = Le navigateur n’a pas pu être ouvert.

## Notifications that nobody sees.

notifications-nobody-shows = Aucun avertissement avant la fin d’un rôle : rien n’affiche de notifications sur ce bureau.
notifications-off = Aucun avertissement avant la fin d’un rôle : les notifications de Pimento sont désactivées. Elles se trouvent dans les paramètres de votre système, sous Notifications.
notifications-forbidden = Aucun avertissement avant la fin d’un rôle : ce système ne laisse pas Pimento afficher de notifications.
notifications-failed = Aucun avertissement avant la fin d’un rôle : une notification n’a pas pu être affichée.

## Bundles. After "Nothing was kept:", so without a capital and without a full stop.

bundles-exported = Les lots ont été enregistrés dans { $file }.
bundles-not-exported = Les lots n’ont pas pu être enregistrés dans votre dossier de téléchargements.
bundle-without-name = il faut un nom au lot
bundle-without-roles = le lot « { $name } » n’a aucun rôle
bundle-too-many-roles = le lot « { $name } » a { $count } rôles ; le maximum est { $most }
bundle-reason-too-long = la justification du lot « { $name } » dépasse { $most } caractères
bundle-role-without-id = le lot « { $name } » a un rôle sans ID ou sans étendue
bundle-role-too-long = le lot « { $name } » a un rôle d’une durée de { $minutes } min ; elle peut aller de 5 à 1440
bundle-file-too-long = le fichier dépasse un mébioctet
bundle-file-too-new = le format { $format } est plus récent que celui de cette version ({ $known })
bundle-file-too-many = le fichier a { $count } lots ; le maximum est { $most }

## Kinds of scopes, as they stand beside a scope's name.

scope-root = racine du locataire
scope-administrative-unit = unité administrative
scope-group = groupe
scope-management-group = groupe d’administration
scope-subscription = abonnement
scope-resource-group = groupe de ressources
scope-key-vault = coffre de clés
scope-kubernetes = cluster Kubernetes
scope-web-app = application web
scope-sql-server = serveur SQL
scope-sql-database = base de données SQL
scope-cosmos = compte Cosmos DB
scope-virtual-machine = machine virtuelle
scope-storage-account = compte de stockage

## Links to portals. Names of products stay as they are where Microsoft leaves them so.

portal-exchange = Centre d’administration Exchange
portal-teams = Centre d’administration Teams
portal-intune = Centre d’administration Intune
portal-defender = Portail Defender
portal-purview = Portail Purview
portal-power-platform = Centre d’administration Power Platform
portal-microsoft-365 = Centre d’administration Microsoft 365
portal-azure = Portail Azure
portal-entra = Centre d’administration Entra

## The page that the browser's tab shows after a sign-in.

tab-done = Retournez à Pimento
tab-done-text = Pimento a la réponse. Vous pouvez fermer cet onglet.
tab-refused = Non connecté
tab-refused-text = La connexion n’a pas abouti ; Pimento dit pourquoi. Vous pouvez fermer cet onglet.
tab-stranger = Rien ici
tab-stranger-text = Ce n’est pas la réponse que Pimento attend. Vous pouvez fermer cet onglet.
