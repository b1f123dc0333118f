# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = Pimento { $version } が公開されました。
# In the icon's menu: shows the same page.
menu-update = Pimento { $version } を入手…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = 新しいバージョンの告知場所に、今は何もありません。後でもう一度お試しください。
update-untrusted = 告知に Pimento の作成者の署名がないため、採用しませんでした。後でもう一度お試しください。続く場合は、このコンピューターの管理者に知らせてください。
update-outdated = 告知が以前のものより古いため、採用しませんでした。後でもう一度お試しください。
update-unreadable = このバージョンでは告知を解釈できません。Pimento の入手元から最新版を入手してください。
update-damaged = ダウンロードしたものが Pimento の作成者の署名と一致しないため、削除しました。もう一度ダウンロードしてください。
update-not-kept = ダウンロードしたものをこのコンピューターに保存できませんでした。空き容量を確保してから、もう一度ダウンロードしてください。
update-not-opened = システムで開けませんでした。もう一度試すか、Pimento の入手元から最新版を入手してください。
