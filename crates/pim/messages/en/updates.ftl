# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = Pimento { $version } is available.
# In the icon's menu: shows the same page.
menu-update = Get Pimento { $version }…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = Where newer versions are announced there is nothing to read at the moment. Try again later.
update-untrusted = What was announced is not signed by the makers of Pimento, so it is not believed. Try again later; if it stays so, tell whoever looks after this computer.
update-outdated = What was announced is older than what was announced before, so it is not believed. Try again later.
update-unreadable = What was announced is not understood by this version. Get the newest one from where you got Pimento.
update-damaged = The download is not what the makers of Pimento have signed, so it was deleted. Download it again.
update-not-kept = The download could not be kept on this computer. Make room for it, then download it again.
update-not-opened = The system could not open it. Try again, or get the newest version from where you got Pimento.
