# Notifications: titles, texts and buttons.

## Activations. $role is a role's name, $names several, "A, B and C"; $time is "17:30".

in-minutes =
    { $minutes ->
        [0] خلال أقل من دقيقة
        [one] بعد دقيقة واحدة
        [two] بعد دقيقتين
        [few] بعد { $minutes } دقائق
        [many] بعد { $minutes } دقيقة
       *[other] بعد { $minutes } دقيقة
    }
role-ends = ينتهي { $role } { in-minutes }
roles-end =
    { $count ->
        [one] ينتهي دور واحد { in-minutes }
        [two] ينتهي دوران { in-minutes }
        [few] تنتهي { $count } أدوار { in-minutes }
        [many] ينتهي { $count } دورًا { in-minutes }
       *[other] ينتهي { $count } دور { in-minutes }
    }
renews-by-itself = سيُنشَّط مجددًا تلقائيًا في { $time }.
active-until = التنشيط سارٍ حتى { $time }.
active-from = التنشيط سارٍ من { $time }.
only-names = { $names }.
names-at = { $names }، في { $time }.
reason = السبب: { $reason }
role-ended = انتهى { $role }
roles-ended =
    { $count ->
        [one] انتهى دور واحد
        [two] انتهى دوران
        [few] انتهت { $count } أدوار
        [many] انتهى { $count } دورًا
       *[other] انتهى { $count } دور
    }
# $length: "1 h 30 min".
was-active-for = كان نشطًا لمدة { $length }، حتى { $time }.
role-approved = تمت الموافقة على { $role }
roles-approved =
    { $count ->
        [one] تمت الموافقة على دور واحد
        [two] تمت الموافقة على دورين
        [few] تمت الموافقة على { $count } أدوار
        [many] تمت الموافقة على { $count } دورًا
       *[other] تمت الموافقة على { $count } دور
    }
role-renewed = تم تنشيط { $role } مجددًا
roles-renewed =
    { $count ->
        [one] تم تنشيط دور واحد مجددًا
        [two] تم تنشيط دورين مجددًا
        [few] تم تنشيط { $count } أدوار مجددًا
        [many] تم تنشيط { $count } دورًا مجددًا
       *[other] تم تنشيط { $count } دور مجددًا
    }
role-cancelled = تم إلغاء طلب { $role }
roles-cancelled =
    { $count ->
        [one] تم إلغاء طلب دور واحد
        [two] تم إلغاء طلب دورين
        [few] تم إلغاء طلب { $count } أدوار
        [many] تم إلغاء طلب { $count } دورًا
       *[other] تم إلغاء طلب { $count } دور
    }
role-not-activated = لم يتم تنشيط { $role }
roles-not-activated =
    { $count ->
        [one] لم يتم تنشيط دور واحد
        [two] لم يتم تنشيط دورين
        [few] لم يتم تنشيط { $count } أدوار
        [many] لم يتم تنشيط { $count } دورًا
       *[other] لم يتم تنشيط { $count } دور
    }
role-not-renewed = لن يتم تنشيط { $role } مجددًا
roles-not-renewed =
    { $count ->
        [one] لن يتم تنشيط دور واحد مجددًا
        [two] لن يتم تنشيط دورين مجددًا
        [few] لن يتم تنشيط { $count } أدوار مجددًا
        [many] لن يتم تنشيط { $count } دورًا مجددًا
       *[other] لن يتم تنشيط { $count } دور مجددًا
    }
nobody-has-to-decide = لم يعد القرار مطلوبًا من أحد.

## What somebody can do who reads that something failed.

next-sign-in = سجّل الدخول مجددًا في Pimento.
next-edit-form = افتح نموذجه للطلب مجددًا.
next-retry = حاول مجددًا.
next-retry-from = حاول مجددًا بدءًا من { $time }.
next-refresh = حدِّث القائمة في Pimento.
next-ask-admin = راجع أحد المسؤولين: لدى Pimento نص جاهز لإرساله.
trace-code = الرمز: { $code }
trace-id = معرّف الارتباط: { $id }
trace-code-and-id = الرمز: { $code }، معرّف الارتباط: { $id }

## Roles that somebody was given, or has lost.

eligible-now = أنت الآن مؤهل لـ { $role }
eligible-now-several =
    { $count ->
        [one] أنت الآن مؤهل لدور آخر
        [two] أنت الآن مؤهل لدورين آخرين
        [few] أنت الآن مؤهل لـ { $count } أدوار أخرى
        [many] أنت الآن مؤهل لـ { $count } دورًا آخر
       *[other] أنت الآن مؤهل لـ { $count } دور آخر
    }
can-be-activated-now = يمكنك تنشيطه من الآن.
taken-away = تم سحب { $role }
taken-away-several =
    { $count ->
        [one] تم سحب دور واحد
        [two] تم سحب دورين
        [few] تم سحب { $count } أدوار
        [many] تم سحب { $count } دورًا
       *[other] تم سحب { $count } دور
    }
not-eligible-now = لم تعد مؤهلًا له.
not-eligible-now-several = لم تعد مؤهلًا لما يلي: { $names }.
not-held-now = لم يعد معيّنًا لك.
not-held-now-several = لم يعد معيّنًا لك ما يلي: { $names }.
# At the end of a list of names: "A, B and 2 more".
so-many-more = { $count } غيرها

## What others do, told to whoever decides about it. $person is a name, $role "Exchange Administrator (Contoso)".

# The title of a notification, and the tenant that it is about.
title-at-tenant = { $title } · { $tenant }
request-waits = طلب ينتظر قرارك
requests-wait =
    { $count ->
        [zero] لا طلب ينتظر قرارك
        [one] طلب واحد ينتظر قرارك
        [two] طلبان ينتظران قرارك
        [few] { $count } طلبات تنتظر قرارك
        [many] { $count } طلبًا ينتظر قرارك
       *[other] { $count } طلب ينتظر قرارك
    }
# $role in the title, what follows in the text.
asks-for = طلب { $role } من { $person }
# One line of several.
person-and-role = { $person }: { $role }
decide-until = مهلة القرار حتى { $time }.
open-to-decide = افتحه لاتخاذ القرار.
open-them-to-decide = افتحها لاتخاذ القرار.
for-length = لمدة { $length }.
quoted = «{ $text }»
ticket = التذكرة { $number }.
review-ends-soon = مراجعة وصول تنتهي قريبًا
review-named-ends-soon = مراجعة وصول تنتهي قريبًا: { $name }
reviews-end-soon =
    { $count ->
        [one] مراجعة وصول تنتهي قريبًا
        [two] مراجعتا وصول تنتهيان قريبًا
        [few] { $count } مراجعات وصول تنتهي قريبًا
        [many] { $count } مراجعة وصول تنتهي قريبًا
       *[other] { $count } مراجعة وصول تنتهي قريبًا
    }
undecided-about =
    { $people ->
        [zero] لم يبقَ أحد لم تقرر بشأنه. موعد انتهائها { $time }.
        [one] بقي شخص واحد لم تقرر بشأنه. موعد انتهائها { $time }.
        [two] بقي شخصان لم تقرر بشأنهما. موعد انتهائها { $time }.
        [few] بقي { $people } أشخاص لم تقرر بشأنهم. موعد انتهائها { $time }.
        [many] بقي { $people } شخصًا لم تقرر بشأنهم. موعد انتهائها { $time }.
       *[other] بقي { $people } شخص لم تقرر بشأنهم. موعد انتهائها { $time }.
    }
eligibility-ends-soon = تنتهي أهليتك لـ { $role } قريبًا
eligibilities-end-soon =
    { $count ->
        [one] تنتهي واحدة من أهلياتك قريبًا
        [two] تنتهي اثنتان من أهلياتك قريبًا
       *[other] تنتهي { $count } من أهلياتك قريبًا
    }
ask-for-extension = موعد انتهائها { $day }. يمكنك طلب تمديدها.
# One line of several: the role and the day on which its eligibility ends.
role-and-day = { $role }: { $day }
somebody-activated = تم تنشيط { $role } بواسطة { $person }
privileged-role-activated = تم تنشيط دور متميز
privileged-roles-activated =
    { $count ->
        [one] تم تنشيط دور متميز
        [two] تم تنشيط دورين متميزين
        [few] تم تنشيط { $count } أدوار متميزة
        [many] تم تنشيط { $count } دورًا متميزًا
       *[other] تم تنشيط { $count } دور متميز
    }
until = حتى { $time }.
at-time = في { $time }.
# The last line of several.
and-more = و{ $count } غيرها
# Where the directory has no name.
somebody-unknown = شخص غير معروف في الدليل
somebody-unknown-id = شخص غير معروف في الدليل ({ $id })
unnamed-role = دور بلا اسم
