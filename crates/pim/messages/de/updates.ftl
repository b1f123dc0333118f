# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = Pimento { $version } ist da.
# In the icon's menu: shows the same page.
menu-update = Pimento { $version } holen…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = Wo neuere Versionen angekündigt werden, ist zurzeit nichts zu lesen. Versuchen Sie es später noch einmal.
update-untrusted = Die Ankündigung ist nicht von den Herstellern von Pimento signiert und wird deshalb nicht geglaubt. Versuchen Sie es später noch einmal; bleibt es dabei, sagen Sie es dem, der diesen Computer betreut.
update-outdated = Die Ankündigung ist älter als eine frühere und wird deshalb nicht geglaubt. Versuchen Sie es später noch einmal.
update-unreadable = Diese Version versteht die Ankündigung nicht. Holen Sie die neueste dort, woher Sie Pimento haben.
update-damaged = Der Download ist nicht das, was die Hersteller von Pimento signiert haben, und wurde gelöscht. Laden Sie ihn noch einmal herunter.
update-not-kept = Der Download ließ sich auf diesem Computer nicht ablegen. Schaffen Sie Platz und laden Sie ihn noch einmal herunter.
update-not-opened = Das System konnte es nicht öffnen. Versuchen Sie es noch einmal, oder holen Sie die neueste Version dort, woher Sie Pimento haben.
