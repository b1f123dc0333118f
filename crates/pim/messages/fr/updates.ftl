# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = Pimento { $version } est disponible.
# In the icon's menu: shows the same page.
menu-update = Obtenir Pimento { $version }…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = Il n’y a rien à lire pour le moment là où les nouvelles versions sont annoncées. Réessayez plus tard.
update-untrusted = L’annonce n’est pas signée par les auteurs de Pimento et n’est donc pas prise en compte. Réessayez plus tard ; si cela persiste, prévenez la personne qui gère cet ordinateur.
update-outdated = L’annonce est plus ancienne qu’une annonce précédente et n’est donc pas prise en compte. Réessayez plus tard.
update-unreadable = Cette version ne comprend pas l’annonce. Procurez-vous la plus récente là où vous avez obtenu Pimento.
update-damaged = Le téléchargement ne correspond pas à ce que les auteurs de Pimento ont signé et a été supprimé. Téléchargez-le à nouveau.
update-not-kept = Le téléchargement n’a pas pu être conservé sur cet ordinateur. Libérez de la place, puis téléchargez-le à nouveau.
update-not-opened = Le système n’a pas pu l’ouvrir. Réessayez, ou procurez-vous la version la plus récente là où vous avez obtenu Pimento.
