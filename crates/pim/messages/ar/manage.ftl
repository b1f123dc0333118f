# The Manage window: what an administrator decides about others. $person is a name, $role a role with its scope.

## Whatever is asked there.

not-listed-any-more = لم يعد ما اخترته في القائمة. لم يُرسَل شيء: انظر في القائمة مجددًا.
too-many-questions = طُلب الكثير دفعة واحدة. لم يُرسَل شيء: حاول مجددًا بعد لحظات.
# $wrong: what is wrong, in English.
watch-not-saved = لم يُحفظ هذا: { $wrong }.
no-downloads-folder = لا يحدد النظام مجلدًا للتنزيلات.
no-folder = لا يحدد النظام مجلدًا للاحتفاظ بأي شيء.
write-how-name-begins = اكتب بداية الاسم.
ask-something = الصق رسالة خطأ، أو سمِّ إجراءً، أو قل ما تريد فعله.
no-such-scope = يبدأ نطاق Azure بـ /subscriptions/ أو بـ /providers/Microsoft.Management/managementGroups/. تجده في البوابة ضمن الخصائص باسم معرّف المورد.
the-directory = الدليل
# One line: whom, or which role, and which rule of it.
about-rule = { $role }: { $rule }

## Approvals.

decision-wants-reason = يتطلب القرار سببًا. لم يُرسَل شيء.
you-approved-already = سبق أن وافقت على هذا الطلب.
you-denied-already = سبق أن رفضت هذا الطلب.
approved-already-by = سبقت الموافقة على هذا الطلب بقرار من { $person }.
denied-already-by = سبق رفض هذا الطلب بقرار من { $person }.
approved-already = سبقت الموافقة على هذا الطلب.
denied-already = سبق رفض هذا الطلب.

## Access reviews.

nothing-recommended = لا توصي الخدمة بشيء هنا. لم يُرسَل شيء.
may-keep = الموافقة على احتفاظ { $person } بـ { $role }
is-to-lose = سحب { $role } من { $person }
do-not-know = الرد بـ «لا أعرف» عن حاجة { $person } إلى { $role }
# $said: one of the three above. What was said before, which it replaces.
so-far-approved = { $said } (حتى الآن: موافقة)
so-far-denied = { $said } (حتى الآن: رفض)
so-far-undecided = { $said } (حتى الآن: «لا أعرف»)
so-far-approved-by = { $said } (حتى الآن: موافقة من { $person })
so-far-denied-by = { $said } (حتى الآن: رفض من { $person })
so-far-undecided-by = { $said } (حتى الآن: «لا أعرف» من { $person })

## Alerts. Names of roles stay as Microsoft has them in this language.

alert-readers = لا دور من أدوارك النشطة يتيح ذلك. يلزم أحد هذه الأدوار: القارئ العمومي أو قارئ الأمان أو مسؤول الأمان أو مسؤول الأدوار المتميزة أو المسؤول العمومي.
alert-writers = لا دور من أدوارك النشطة يتيح ذلك. يلزم أحد هذين الدورين: مسؤول الأدوار المتميزة أو المسؤول العمومي.

## Downloads of the audit history. $file is a path.

nothing-downloaded = لا يجري تنزيل أي شيء.
# $reason is the system's.
file-not-written = تعذّرت كتابة الملف: { $reason }.
file-is-there = { $file } موجود بالفعل
file-is-busy = { $file } قيد الكتابة من عملية أخرى
file-is-another = { $file } بدأ بسؤال آخر أو بحساب آخر: اطرح السؤال نفسه مجددًا، أو أزله هو و{ $state }
# One of the three above, as a sentence.
file-sentence = { $what }.

## Assignments.

application-not-eligible = لا يمكن لتطبيق تنشيط شيء، فلا يمكن أن يكون مؤهلًا: اجعل تعيين الدور له نشطًا.
eligible-already-for-ever = الأهلية موجودة بالفعل، وبشكل دائم. ما يمكن تغييره هو نهايتها.
assigned-already-for-ever = التعيين موجود بالفعل، وبشكل دائم. ما يمكن تغييره هو نهايته.
# $day: 2026-11-23.
eligible-already-until = الأهلية موجودة بالفعل، حتى { $day }. ما يمكن تغييره هو نهايتها.
assigned-already-until = التعيين موجود بالفعل، حتى { $day }. ما يمكن تغييره هو نهايته.
end-of-activation = هذا تنشيط: نهايته شأن من نشّطه. لكن يمكن سحبه.
same-end = ينتهي عندئذٍ بالفعل. لم يتغير شيء.
end-before-start = النهاية قبل البداية أو في الماضي.
# $length: "90 days", "8 hours".
no-permanent-eligibilities = لا يسمح نهج الدور بأهلية دائمة. الحد الأقصى: { $length }.
no-permanent-assignments = لا يسمح نهج الدور بتعيين نشط دائم. الحد الأقصى: { $length }.
eligibilities-at-most = الحد الأقصى لمدة الأهلية في نهج الدور: { $length }.
assignments-at-most = الحد الأقصى لمدة التعيين النشط في نهج الدور: { $length }.
policy-wants-reason = يتطلب نهج الدور سببًا.
policy-wants-ticket = يتطلب نهج الدور رقم تذكرة.
last-group-owner = { $person } آخر مالك نشط للمجموعة، ولن يتمكن أحد بعد ذلك من إدارتها. ترفض الخدمة هذا السحب. عيّن { $role } أولًا لشخص آخر أو لمجموعة، تعيينًا نشطًا، فالتطبيقات لا تُحسب.
last-role-holder = { $person } آخر من لديه هذا الدور نشطًا، ولن يتمكن أحد بعد ذلك من إعادته. ترفض الخدمة هذا السحب. عيّن { $role } أولًا لشخص آخر أو لمجموعة، تعيينًا نشطًا، فالتطبيقات لا تُحسب.
last-azure-administrator = { $person } آخر من يمنح الوصول في جذر Azure. ترفض الخدمة هذا السحب. عيّن { $role } أولًا لشخص آخر أو لمجموعة، تعيينًا نشطًا، فالتطبيقات لا تُحسب.
only-permanent = { $role } معيّن بشكل دائم لـ { $person } فقط. إذا فُقد هذا الحساب فقد لا يتمكن أحد من إعادته: يوصى بحسابين.
none-permanent = { $role } غير معيّن لأحد بشكل دائم. إذا لم يتمكن أحد من تنشيطه فقد لا يتمكن أحد من إعادته: يوصى بحسابين.
# $problem: what was lost, as a sentence.
change-uncertain = ضاع الرد، ولا تُظهر الخدمة أن التغيير قد تم. انظر في التعيينات قبل أن تحاول مجددًا. ({ $problem })
they-have-it = هذا التعيين موجود بالفعل.
nothing-to-renew = لم ينتهِ هنا ما يمكن تجديده. يمكن التعيين من جديد.
they-do-not-have-it = هذا التعيين غير موجود (أو لم يعد موجودًا).
last-of-its-kind = هذا آخر تعيين من نوعه: ترفض الخدمة ألا يبقى أحد. عيّنه أولًا لشخص آخر أو لمجموعة.
policy-forbids-this = لا يسمح نهج الدور بهذا.
policy-forbids-length = لا يسمح نهج الدور بهذه المدة.
principal-unknown = لا تعرف الخدمة هذا الشخص أو هذه المجموعة أو هذا التطبيق (أو لم تعد تعرفه).

## Permanent assignments that could be eligibilities.

# The reason that is sent with it, unless somebody writes one.
reason-instead = مؤهل بدلًا من التعيين الدائم
keep-application = لا يمكن لتطبيق تنشيط شيء، فلا يمكن أن يكون مؤهلًا.
keep-for-emergencies =
    { $count ->
        [1] يوصى بأن يكون الدور معيّنًا بشكل دائم لحسابين للطوارئ، وهو معيّن لحساب واحد فقط.
        [2] يوصى بأن يكون الدور معيّنًا بشكل دائم لحسابين للطوارئ، وهو معيّن لحسابين.
        [few] يوصى بأن يكون الدور معيّنًا بشكل دائم لحسابين للطوارئ، وهو معيّن لـ { $count } حسابات: قرّر أيها لا يحتاج إليه.
        [many] يوصى بأن يكون الدور معيّنًا بشكل دائم لحسابين للطوارئ، وهو معيّن لـ { $count } حسابًا: قرّر أيها لا يحتاج إليه.
       *[other] يوصى بأن يكون الدور معيّنًا بشكل دائم لحسابين للطوارئ، وهو معيّن لـ { $count } حساب: قرّر أيها لا يحتاج إليه.
    }
eligibility-not-there-yet = قبلت الخدمة الأهلية ولم تفرغ منها بعد: تُرك التعيين الدائم. حاول مجددًا بعد بضع دقائق.
# $problem: a sentence.
assignment-still-there = الأهلية موجودة الآن، لكن التعيين الدائم ما زال موجودًا: { $problem }

## Policies: titles of their rules.

rule-activation-length = مدة التنشيط
rule-eligibility-length = مدة الأهلية
rule-assignment-length = مدة التعيين النشط
rule-activation-asks = المطلوب عند التنشيط
rule-eligibility-asks = المطلوب عند التعيين المؤهل
rule-assignment-asks = المطلوب عند التعيين النشط
rule-context = سياق المصادقة للتنشيط
rule-approval = الموافقة على التنشيط
mail-admin-eligible = البريد إلى المسؤولين عند التعيين المؤهل
mail-admin-active = البريد إلى المسؤولين عند التعيين النشط
mail-admin-activated = البريد إلى المسؤولين عند التنشيط
mail-requestor-eligible = البريد إلى صاحب التعيين عند التعيين المؤهل
mail-requestor-active = البريد إلى صاحب التعيين عند التعيين النشط
mail-requestor-activated = البريد إلى صاحب التعيين عند التنشيط
mail-approver-eligible = البريد إلى الموافقين عند التعيين المؤهل
mail-approver-active = البريد إلى الموافقين عند التعيين النشط
mail-approver-activated = البريد إلى الموافقين عند التنشيط

## What a rule says. It stands beside its title, without a capital and without a full stop.

rule-unknown = قاعدة لا يعرفها هذا الإصدار من Pimento
at-most = { $length } على الأكثر
at-most-never-permanent = { $length } على الأكثر، ولا تكون دائمة
permanent-allowed = يجوز أن تكون دائمة
asks-reason = سبب
asks-ticket = تذكرة
asks-mfa = المصادقة متعددة العوامل
# Another word of the service's.
asks-other = «{ $word }»
asks-nothing = لا شيء
context-unnamed = سياق بلا اسم
context-none = لا شيء
approval-not-needed = غير لازمة
# $names: those who approve.
approval-by = لازمة، من { $names }
approval-by-with-reason = لازمة، من { $names }، مع ذكر السبب
approval-by-administrators = مسؤولي الأدوار المتميزة
mail-none = لا شيء
mail-no-recipients = لا شيء: لا يوجد مستلمون
# $names: addresses, and the one below.
mail-all-to = كل الرسائل، إلى { $names }
mail-critical-to = الرسائل الحرجة فقط، إلى { $names }
mail-defaults = من يتلقونها افتراضيًا
# Lengths of time as policies have them.
length-minutes =
    { $count ->
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }
length-hours =
    { $count ->
        [one] ساعة واحدة
        [two] ساعتان
        [few] { $count } ساعات
        [many] { $count } ساعة
       *[other] { $count } ساعة
    }
length-days =
    { $count ->
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
# "1 hour 30 minutes": both from above.
length-both = { $hours } و{ $minutes }

## Changes of policies. $rule is a title from above.

approval-wants-somebody = تتطلب الموافقة من يوافق: لا أحد يقرر هنا افتراضيًا.
copy-one-kind = تُنسخ القواعد بين أدوار من نوع واحد. لم يُرسَل شيء.
# $reason is in English, with the line.
policy-file-not-taken = لم يُقبل الملف: { $reason }. لم يُرسَل شيء.
rules-changed-since = غيّر أحدهم هذه القواعد في هذه الأثناء. لم يُرسَل شيء: انظر في الاختلافات مجددًا.
policies-not-written = تعذّرت كتابة النُهج في مجلد التنزيلات.
no-rule-for-this = لا قاعدة لهذا في النهج ({ $rule }).
rule-strange = لا يعرف هذا الإصدار من Pimento الصيغة التي كُتبت بها القاعدة هناك ({ $rule }).
longest-activation-range = أطول مدة للتنشيط من نصف ساعة إلى 24 ساعة، بأنصاف الساعات.
limit-range = مدة ما ليس دائمًا من يوم واحد إلى { $most } يومًا.
context-range = سياق المصادقة أحد السياقات من c1 إلى c99.
approver-not-found = أحد الموافقين ليس ممن عُثر عليهم. ابحث عنهم مجددًا.
application-cannot-approve = لا يمكن لتطبيق الموافقة على شيء.
not-an-address = «{ $text }» ليس عنوان بريد إلكتروني.
rule-not-taken = لا تقبل الخدمة القاعدة بصيغتها هناك.
