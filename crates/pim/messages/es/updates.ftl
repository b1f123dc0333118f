# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = Pimento { $version } está disponible.
# In the icon's menu: shows the same page.
menu-update = Obtener Pimento { $version }…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = Donde se anuncian las versiones más recientes no hay nada que leer en este momento. Inténtelo más tarde.
update-untrusted = El anuncio no está firmado por los autores de Pimento y por eso no se acepta. Inténtelo más tarde; si sigue así, avise a quien administra este equipo.
update-outdated = El anuncio es más antiguo que uno anterior y por eso no se acepta. Inténtelo más tarde.
update-unreadable = Esta versión no entiende el anuncio. Obtenga la más reciente donde obtuvo Pimento.
update-damaged = La descarga no es lo que firmaron los autores de Pimento y se eliminó. Descárguela de nuevo.
update-not-kept = La descarga no se pudo guardar en este equipo. Libere espacio y descárguela de nuevo.
update-not-opened = El sistema no pudo abrirlo. Inténtelo de nuevo u obtenga la versión más reciente donde obtuvo Pimento.
