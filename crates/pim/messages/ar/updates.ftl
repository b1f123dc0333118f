# Newer versions of Pimento. $version is "0.2.0".

# The banner above the list, whose button leads to the page about Pimento.
update-offered = صدر Pimento { $version }.
# In the icon's menu: shows the same page.
menu-update = الحصول على Pimento { $version }…

## What went wrong. One sentence each: what happened, and where it helps what to do.

update-not-there = لا شيء يُقرأ حاليًا في مكان الإعلان عن الإصدارات الأحدث. أعد المحاولة لاحقًا.
update-untrusted = الإعلان غير موقّع من صانعي Pimento ولذلك لا يُعتدّ به. أعد المحاولة لاحقًا؛ وإن بقي الأمر كذلك فأخبر من يتولى هذا الكمبيوتر.
update-outdated = الإعلان أقدم من إعلان سابق ولذلك لا يُعتدّ به. أعد المحاولة لاحقًا.
update-unreadable = لا يفهم هذا الإصدار الإعلان. احصل على أحدث إصدار من حيث حصلت على Pimento.
update-damaged = ما نُزِّل ليس ما وقّعه صانعو Pimento، ولذلك حُذف. نزّله مرة أخرى.
update-not-kept = تعذّر حفظ ما نُزِّل على هذا الكمبيوتر. أفسح له مكانًا ثم نزّله مرة أخرى.
update-not-opened = تعذّر على النظام فتحه. أعد المحاولة، أو احصل على أحدث إصدار من حيث حصلت على Pimento.
