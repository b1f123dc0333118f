# The icon's menu and tooltip, buttons of notifications, and what is said when there is no window. Menus are narrow: short words.
# $role is a role's name with its scope, $tenant a tenant's name, $time "17:30", $left "2 h 41".

## The tooltip.

starting = جارٍ البدء
offline = غير متصل
offline-as-of = غير متصل، كما في { $time }
not-signed-in = لم يُسجَّل الدخول
waiting-for-sign-in = في انتظار تسجيل الدخول في مستعرضك
nothing-active = لا شيء نشط · { $account }
roles-active =
    { $count ->
        [zero] لا أدوار نشطة
        [one] دور واحد نشط
        [two] دوران نشطان
        [few] { $count } أدوار نشطة
        [many] { $count } دورًا نشطًا
       *[other] { $count } دور نشط
    }
left-until = { $role } · متبقٍ { $left }، حتى { $time }
left-renews = { $role } · متبقٍ { $left }، يُجدَّد في { $time }
role-and-state = { $role } · { $state }
role-at-tenant = { $role } · { $tenant }

## Where a role stands.

state-requesting = جارٍ الطلب…
state-stepping-up = أكِّد في المستعرض
state-checking = جارٍ التحقق…
state-waiting-for-approval = بانتظار الموافقة
state-provisioning = جارٍ الإعداد…
state-scheduled = مجدول
state-deactivating = جارٍ الإنهاء…
state-failed = فشل

## The menu. What ends with … opens a window.

menu-open = فتح Pimento
menu-manage = الإدارة…
menu-settings = الإعدادات
menu-quit = إنهاء
waiting =
    { $count ->
        [zero] لا طلب ينتظر قرارك
        [one] طلب واحد ينتظر قرارك
        [two] طلبان ينتظران قرارك
        [few] { $count } طلبات تنتظر قرارك
        [many] { $count } طلبًا ينتظر قرارك
       *[other] { $count } طلب ينتظر قرارك
    }
waiting-open = { waiting }…
waiting-open-at = { waiting } في { $tenant }…
sign-in-again-at = تسجيل الدخول مجددًا إلى { $tenant }…
menu-renew = تجديد
menu-renew-at = التجديد في { $time }
menu-renew-form = تجديد…
menu-deactivate = إلغاء التنشيط
menu-deactivate-from = إلغاء التنشيط، ممكن من { $time }
menu-withdraw = سحب الطلب
menu-show = إظهار في Pimento
menu-dismiss = تجاهل
menu-copy-details = نسخ التفاصيل
menu-undo = تراجع: { $role }
menu-activate = تنشيط { $role }
menu-activate-form = تنشيط { $role }…
menu-request = طلب { $role }
menu-request-form = طلب { $role }…
menu-bundles = الحِزم
bundle-not-eligible = { $bundle } · لا دور مؤهلًا فيها
bundle-active = { $bundle } · نشطة
menu-sign-in = تسجيل الدخول…
menu-demo = تجربة المستأجر التجريبي
menu-cancel-sign-in = إلغاء تسجيل الدخول
menu-sign-out = تسجيل خروج { $account }
menu-pause = إيقاف التذكيرات لمدة ساعة
menu-paused-until = التذكيرات متوقفة حتى { $time }

## "Copy details": for a message to a colleague or a ticket, a line each.

detail-from = من: { $time }
detail-until = حتى: { $time }
detail-reason = السبب: { $reason }
detail-ticket = التذكرة: { $number }
detail-failed = سبب الفشل: { $problem }
# A sentence and what identifies the failure.
problem-with-code = { $message } ({ $code })
problem-with-code-and-id = { $message } ({ $code }، معرّف الارتباط { $id })

## Buttons of notifications.

button-reactivate = إعادة التنشيط
button-decide = اتخاذ القرار
button-review = مراجعة
button-show = إظهار
button-open = فتح Pimento
button-dismiss = تجاهل

# A notification that was held back while reminders were paused. $text is a sentence.
held-back = مؤجَّل منذ { $time }. { $text }

## Keys that work from anywhere. $keys: "Ctrl+Alt+P".

keys-taken = الاختصار { $keys } لا يفعل شيئًا هنا: يستخدمه برنامج آخر. اختر مفاتيح أخرى، أو ألغِه في ذلك البرنامج.
keys-missing = ليس في لوحة المفاتيح هذه المفتاح { $key }، لذا لا يفعل الاختصار { $keys } شيئًا. اختر مفاتيح أخرى.
keys-declined = لم يمنح سطح المكتب الاختصار { $keys } لـ Pimento. قد تجد السبب في إعدادات لوحة المفاتيح؛ أو اختر مفاتيح أخرى.
keys-unsupported = لا يمنح سطح المكتب هذا أي برنامج اختصارات تعمل من كل مكان، لذا لا يفعل { $keys } شيئًا. يمكنك في إعدادات لوحة المفاتيح تعيين اختصار للأمر `pimento`، فيفتح النافذة.
keys-failed = الاختصار { $keys } لا يفعل شيئًا: تعذّر طلبه من النظام.
# What the desktop shows of them.
keys-for-window = فتح Pimento
keys-for-bundle = فتح نموذج حزمة في Pimento

## Where there is no window. $error is the system's, in its language or in English.

runs-in-tray = يعمل Pimento في علبة النظام
window-gave-up = انتهت النافذة من تلقاء نفسها أكثر من مرة. انقر الأيقونة لفتحها من جديد. ضاع ما كُتب فيها؛ وفي السجل تفاصيل أخرى.
window-ended-at-once = تعذّر فتح النافذة: انتهى برنامجها فورًا. في السجل تفاصيل أخرى.
window-not-opened = لا يمكن فتح النافذة: { $error }
window-needs-runtime = تحتاج النافذة إلى Microsoft Edge WebView2 Runtime، وهو غير مثبَّت. ثبِّته من Microsoft، ثم افتح Pimento مجددًا.
manage-ended = انتهت نافذة الإدارة من تلقاء نفسها. افتحها من جديد من قائمة الأيقونة؛ وفي السجل تفاصيل أخرى.
manage-ended-with = انتهت نافذة الإدارة من تلقاء نفسها. افتحها من جديد من قائمة الأيقونة؛ وفي السجل تفاصيل أخرى. ({ $error })
manage-not-opened = تعذّر فتح النافذة: { $error }
manage-title = Pimento: الإدارة
too-long = هذا أطول مما ينبغي.
pimento-silent = لا يستجيب Pimento. حاول مجددًا.
pimento-ends = جارٍ إنهاء Pimento
