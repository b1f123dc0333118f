# What went wrong. One sentence each: what happened, and where it helps what to do.

## What services refuse with: the table in src/codes.rs says which code is told by which sentence.

service-refused = رفضت الخدمة الطلب.
active-already = هذا الدور نشط بالفعل.
not-active-any-more = هذا الدور غير نشط (أو لم يعد نشطًا).
active-too-short = يجب أن يبقى الدور نشطًا خمس دقائق قبل أن يمكن إنهاؤه.
another-request-waits = ما زال طلب آخر لهذا الدور قيد الانتظار.
overlaps-another-request = يتداخل الوقت المطلوب مع طلب آخر لهذا الدور.
stronger-sign-in-wanted = يتطلب هذا الدور تسجيل دخول أقوى (سياق مصادقة).
policy-forbids-activation = لا يسمح نهج الدور بهذا التنشيط.
request-invalid = تعدّ الخدمة الطلب غير صالح.
time-invalid = تعدّ الخدمة الوقت المطلوب غير صالح.
last-administrator = لا يمكن لآخر مالك أو مسؤول التخلي عن هذا: يجب أن يُعيَّن لغيره أولًا.
no-licence = ليس لهذا المستأجر ترخيص لـ Privileged Identity Management.
nobody-consented = لم يوافق أحد على الأذونات التي يحتاج إليها Pimento.
account-may-not = لا يُسمح لحسابك بذلك.
account-may-not-here = لا يُسمح لحسابك بذلك في هذا النطاق.
account-unknown = لا تعرف الخدمة هذا الحساب (بعد).
role-unknown = لم تعد الخدمة تعرف هذا الدور.
definition-gone = لم يعد تعريف هذا الدور موجودًا.
not-eligible-any-more = لست مؤهلًا لهذا الدور (أو لم تعد مؤهلًا له).
request-unknown = لا تعرف الخدمة هذا الطلب (أو لم تعد تعرفه).
policy-broken = نهج الدور معطوب.
sign-in-not-accepted = لم تعد الخدمة تقبل تسجيل الدخول.
not-found = لم تعد الخدمة تعثر عليه.
resource-group-gone = لم تعد مجموعة الموارد موجودة.
subscription-gone = لم يعد الاشتراك موجودًا، أو أنه تابع لمستأجر آخر.
management-group-gone = لم تعد مجموعة الإدارة موجودة.
request-not-understood = لا تفهم الخدمة الطلب.
azure-sign-in-expired = انتهت صلاحية تسجيل الدخول إلى Azure.
azure-sign-in-not-accepted = لا تقبل Azure تسجيل الدخول.
subscription-elsewhere = الاشتراك تابع لمستأجر غير الذي تم تسجيل الدخول إليه.
access-missing = لا يملك حسابك وصولًا إلى شيء يعتمد عليه هذا.
scope-locked = هناك قفل على المورد يمنع ذلك.
subscription-disabled = الاشتراك معطَّل.
azure-wants-pause = تطلب Azure التمهل.
service-too-slow = استغرقت الخدمة وقتًا أطول مما ينبغي.
service-fault = في الخدمة خلل حاليًا.
azure-wants-mfa = تتطلب Azure المصادقة متعددة العوامل لهذا.
service-wants-pause = تطلب الخدمة التمهل.
service-away = الخدمة غير متاحة حاليًا.
list-place-lost = فقدت الخدمة موضعها في قائمة: يجب قراءتها من البداية.
batch-failed = فشل طلب آخر من الدفعة نفسها، ولم يُنفَّذ هذا الطلب.
decided-already = سبق اتخاذ القرار بشأن هذا الطلب.
filter-not-understood = لا تفهم الخدمة الطريقة التي طُلبت بها قائمتها.
azure-request-not-understood = لا تفهم Azure الطلب.
azure-refuses-name = لا تقبل Azure اسم الطلب.
azure-kind-unknown = لا تعرف Azure هنا نوع المورد المطلوب.
azure-version-missing = لا تجد Azure في الطلب إصدار واجهتها.
azure-version-unknown = لا تدعم Azure هنا إصدار واجهتها المطلوب.
not-offered = لا تقدّم الخدمة هذا.
page-size-refused = لا تقدّم الخدمة صفحات بالحجم المطلوب.
azure-assignment-gone = لم تعد Azure تعثر على تعيين الدور.
permission-not-consented = لم يوافق أحد على الإذن اللازم لذلك.
no-role-may-read = لا دور من أدوارك النشطة يتيح لك قراءة هذا.
sign-in-for-another-service = تسجيل الدخول خاص بخدمة غير التي طُلبت.

reason-required = يلزم ذكر سبب.
ticket-required = يلزم رقم تذكرة.
role-wants-mfa = يتطلب هذا الدور المصادقة متعددة العوامل.
policy-forbids-duration = لا يسمح نهج الدور بهذه المدة.

redirect-unknown = لا يعرف تسجيل التطبيق عنوان إعادة التوجيه الخاص بـ Pimento.
account-not-in-tenant = هذا الحساب غير معروف في ذلك المستأجر.
password-expired = انتهت صلاحية كلمة المرور.
account-disabled = الحساب معطَّل.
session-over = انتهت الجلسة. سجّل الدخول مجددًا.
tenant-not-told = تعذّرت معرفة المستأجر من الحساب.
mfa-setup-needed = يجب إعداد المصادقة متعددة العوامل أولًا.
mfa-needed = تلزم المصادقة متعددة العوامل.
mfa-too-old = مضى على المصادقة متعددة العوامل وقت أطول مما ينبغي.
account-not-assigned = حسابك غير معيّن لهذا التطبيق.
password-wrong = اسم المستخدم أو كلمة المرور غير صحيحة.
another-proof-wanted = تطلب مؤسستك إثباتًا آخر لهويتك.
sign-in-revoked = أُبطل تسجيل الدخول، ربما بعد تغيير كلمة المرور. سجّل الدخول مجددًا.
sign-in-expired = انتهت صلاحية تسجيل الدخول. سجّل الدخول مجددًا.
compliant-devices-only = لا تسمح مؤسستك إلا بالأجهزة المتوافقة.
joined-devices-only = لا تسمح مؤسستك إلا بالأجهزة المنضمة.
conditional-access-blocks = يحظر أحد نُهج الوصول المشروط تسجيل الدخول.
application-may-not = لا يُسمح لهذا التطبيق بطلب أذونات PIM.
consent-declined = رُفضت الموافقة على الأذونات.
sign-in-invalid = لم يعد تسجيل الدخول صالحًا. سجّل الدخول مجددًا.
code-invalid-any-more = لم يعد الرمز صالحًا. ابدأ من جديد.
code-expired = انتهت صلاحية الرمز. ابدأ من جديد.
fresh-sign-in-wanted = تطلب مؤسستك تسجيل دخول جديدًا. سجّل الدخول مجددًا.
application-unknown = لا يعرف المستأجر التطبيق. قد لا تتطابق السحابة ومعرّف العميل.
sign-in-unused = لم يُستخدم تسجيل الدخول مدة طويلة. سجّل الدخول مجددًا.
no-public-client = تسجيل التطبيق ليس عميلًا عامًا.
administrator-consents = يجب أن يوافق مسؤول على الأذونات التي يحتاج إليها Pimento.
no-such-tenant = لا يوجد مستأجر كهذا في هذه السحابة.
sign-in-cancelled = أُلغي تسجيل الدخول.
sign-in-declined = رُفض تسجيل الدخول.
code-invalid = الرمز غير صالح. ابدأ من جديد.
sign-in-wanted-again = تطلب مؤسستك أن تسجّل الدخول مجددًا.
sign-in-service-wants-pause = تطلب خدمة تسجيل الدخول التمهل.
sign-in-service-fault = في خدمة تسجيل الدخول خلل.

network-away = لا اتصال بالشبكة، أو لا يمكن الوصول إلى الخدمة.
answer-lost = ضاع رد الخدمة في الطريق.
no-answer = لم ترد الخدمة في الوقت المحدد.
azure-late = لم تُخبر Azure بكل شيء بعد: ستكتمل القائمة تلقائيًا.
grants-unreadable = لا يُسمح لحسابك بقراءة الأدوار الممنوحة للمجموعة.
not-asked-for = لم يطلب Pimento الأذونات التي يحتاج إليها هذا النوع من الأدوار.
answer-too-large = رد الخدمة أكبر بكثير مما ينبغي ولم يُقرأ.
web-page-instead = ردّ شيء ما بين هذا الكمبيوتر وMicrosoft بصفحة ويب. يحدث هذا في الشبكات التي تطلب تسجيل دخول إليها.
answer-not-understood = ردّت الخدمة بطريقة لا يفهمها هذا الإصدار.
foreign-link = أحالت الخدمة إلى خادم آخر. لم يتبع Pimento الإحالة.
endless-list = قائمة الخدمة لا تنتهي.
root-certificate-unusable = تعذّر استخدام شهادة الجذر الإضافية.
client-id-no-guid = معرّف التطبيق (العميل) ليس GUID.
no-browser = تعذّر فتح أي مستعرض. سجّل الدخول باستخدام رمز على جهاز آخر بدلًا من ذلك.
no-listener = تعذّر على Pimento الاستعداد لاستقبال رد المستعرض.
nobody-signed-in = لم يسجّل أحد الدخول خلال خمس دقائق.
answer-not-proven = لم يُثبت رد تسجيل الدخول مصدره. لم يُستخدم.
other-account = تم تسجيل الدخول بحساب آخر. استخدم الحساب المسجَّل به الدخول في Pimento.
keyring-away = سلسلة مفاتيح النظام غير متاحة: ينسى Pimento تسجيل الدخول عند إنهائه.
keyring-damaged = ما تحتفظ به سلسلة مفاتيح النظام لـ Pimento تالف. سجّل الدخول مجددًا.
keyring-taken = سجّل برنامج آخر لديك خروج هذا الحساب، أو دخوله من جديد: ينسى Pimento تسجيل الدخول هذا عند إنهائه.
resource-refused = لا تمنح خدمة تسجيل الدخول وصولًا إلى هذه الخدمة؛ قد يمنع ذلك نهج لدى مؤسستك.
request-lapsed = لم يقرر أحد بشأن هذا الطلب خلال 24 ساعة: انتهت مهلته، ويمكن تقديمه مجددًا.
request-gone = لم يعد هذا الطلب قيد الانتظار: سُحب أو انتهت مهلته.
not-an-approver = لست ممن يمكنهم اتخاذ القرار بشأن هذا الطلب.
own-request = هذا طلبك أنت: القرار لغيرك.
decided-in-portal = لا يمكن اتخاذ القرار بشأن طلبات التمديد والتجديد إلا في البوابة.
no-policy = لا تذكر الخدمة أي نهج لهذا الدور هناك: يصبح للمجموعة نهج بعد أن تُدار باستخدام PIM.
decision-uncertain = ضاع رد الخدمة، ولا تعرف حتى الآن بأي قرار.
review-over = انتهت مراجعة الوصول هذه: لم يعد أحد يقرر فيها.
review-wants-reason = تتطلب مراجعة الوصول هذه سببًا لكل موافقة.
review-gone = لم تعد مراجعة الوصول موجودة، أو لم يعد هذا الشخص فيها.
not-a-reviewer = لست من مراجعي مراجعة الوصول هذه.
review-uncertain = ضاع رد الخدمة، ولا تعرف حتى الآن بأي قرار منك.
scan-failed = تعذّر على الخدمة البحث عن تنبيهات.
nobody-is-signed-in = لم يسجّل أحد الدخول.

## For an administrator: what somebody copies and sends. The code and the correlation id come after it.

admin-consent = يُرجى منح موافقة المسؤول على أذونات Pimento (تنشيط تعيينات أدوار الدليل والمجموعات وقراءتها، وقراءة نُهجها).
admin-licence = تتطلب Privileged Identity Management ترخيص Microsoft Entra ID P2 أو Entra ID Governance.
admin-device = يمنعني أحد نُهج الوصول المشروط من تسجيل الدخول إلى Pimento على هذا الجهاز.
admin-version = يطلب Pimento من إحدى خدمات Microsoft شيئًا لا تقدّمه هنا. يُرجى التحقق من وجود إصدار أحدث من Pimento، ومن أن السحابة المحددة في إعداداته هي الصحيحة.
admin-registration = يُرجى التحقق من تسجيل التطبيق الذي يستخدمه Pimento: عميل عام، وعنوان URI لإعادة التوجيه http://localhost ضمن «تطبيقات الأجهزة المحمولة وسطح المكتب».
admin-last-holder = أريد التخلي عن دور أنا آخر من يحمله. يُرجى تعيينه لشخص آخر أولًا.
admin-permission = ينقص حسابي الإذن اللازم لذلك.
admin-policy = نهج PIM لهذا الدور غير صالح.
admin-lock = هناك قفل على المورد يمنعني من تنشيط دوري. يُرجى إزالته.
admin-subscription = الاشتراك معطَّل.
admin-reader = ينقص حسابي دور يتيح قراءة هذا.
admin-account = حسابي معطَّل.
admin-assign = يُرجى تعيين حسابي للتطبيق الذي يستخدمه Pimento.
admin-sign-in-log = ترفض خدمة تسجيل الدخول منحي وصولًا إلى إحدى الخدمات التي يستخدمها Pimento. يُرجى البحث عن ذلك في سجل تسجيلات الدخول الخاصة بي.
admin-code =
    { $text }
    الرمز: { $code }
admin-correlation-id =
    { $text }
    معرّف الارتباط: { $id }

## What Pimento itself says about an activation, mostly before anything is sent.

duration-impossible = لا يسمح نهج هذا الدور بتنشيط طويل بما يكفي للخدمة. لم يُرسَل شيء.
admin-duration = يسمح نهج PIM لأحد الأدوار بعمليات تنشيط تقل عن خمس دقائق، وهي ما ترفضه الخدمة. يُرجى النظر في مدته القصوى.
# $length: "1 h 30 min".
duration-too-long = الحد الأقصى لمدة تنشيط هذا الدور { $length }.
duration-too-short = الحد الأدنى لمدة التنشيط { $length }.
start-too-late = لا يمكن جدولة التنشيط لأبعد من عام من الآن.
# $scope and $eligible are names of scopes.
not-below = لا يقع { $scope } ضمن { $eligible } بحسب ما يعرفه Pimento؛ لم يُرسَل شيء.
not-below-eligible = لا يقع { $scope } ضمن النطاق الذي أنت مؤهل فيه بحسب ما يعرفه Pimento؛ لم يُرسَل شيء.
reason-missing = يتطلب هذا الدور سببًا.
ticket-missing = يتطلب هذا الدور رقم تذكرة.
already-engaged = هذا الدور نشط أو في طريقه إلى ذلك؛ لم يُرسَل شيء.
eligibility-over = لم تعد مؤهلًا لهذا الدور؛ لم يُرسَل شيء.
not-extendable = يمكن طلب التمديد في آخر 14 يومًا، والتجديد خلال 30 يومًا بعد النهاية، ولما هو معيّن لك أنت فقط. لم يُرسَل شيء.
not-active = هذا الدور غير نشط؛ لم يُرسَل شيء.
# $time: "17:30".
locked-until = لا يمكن إنهاء التنشيط إلا بعد خمس دقائق من بدئه، أي من { $time } هنا. لم يُرسَل شيء.
approval-first = يلزم أن يوافق أحدهم على هذا الدور مجددًا: إذا انتهى بقيت من دونه حتى تأتي الموافقة. لم يُنهَ شيء؛ أكِّد في النموذج أنك تريد ذلك رغم هذا.
not-renewable-approval = لا يمكن تجديد هذا الدور تلقائيًا: يلزم أن يوافق أحدهم على كل تنشيط. لم يُضبط أي تجديد.
not-renewable-ticket = لا يمكن تجديد هذا الدور تلقائيًا: يتطلب تذكرة لكل تنشيط. لم يُضبط أي تجديد.
not-renewable-reason = لا يمكن تجديد هذا الدور تلقائيًا: يتطلب سببًا، ولا سبب معروف. لم يُضبط أي تجديد.
not-renewable-eligibility = لا يمكن تجديد هذا الدور تلقائيًا: لم تعد مؤهلًا له. لم يُضبط أي تجديد.
not-while-active = لا تقبل الخدمة طلبًا لدور نشط. اطلبه مجددًا بعد انتهائه.
not-while-active-known = لا تقبل الخدمة طلبًا لدور نشط، كما أفادت من قبل؛ لم يُرسَل شيء. اطلبه مجددًا بعد انتهائه.
request-not-sent = انقطع الاتصال أثناء إرسال الطلب. بحث عنه Pimento ثلاث دقائق: لم يصل إلى الخدمة قط.
request-uncertain = ضاع الرد على الطلب، وتعذّر سؤال الخدمة عنه مدة ساعة.
extension-uncertain = ضاع الرد على الطلب، ولا يُسمح لـ Pimento بسرد مثل هذه الطلبات: ربما وصل. لا ضرر في الطلب مجددًا.
same-challenge = سجّلت الدخول مجددًا، وما زالت الخدمة تطلب تسجيل دخول أقوى. اسأل أحد المسؤولين عمّا إذا كان وراء سياق المصادقة لهذا الدور نهج وصول مشروط.
renewal-needs-you = يتطلب التجديد أن تسجّل الدخول مجددًا، وهو ما لا يبدؤه Pimento من تلقاء نفسه أبدًا.
renewal-lapsed = لم يُرسَل طلب التجديد: لم يكن Pimento قيد التشغيل أو لم يكن متصلًا عند انتهاء التنشيط.
ended-elsewhere = أُنهي هذا التنشيط قبل موعده، وليس من هنا. أُلغي التجديد التلقائي المضبوط.
request-denied = رُفض الطلب.
request-denied-because = رُفض الطلب: «{ $reason }»
request-denied-by = رُفض الطلب بقرار من { $person }.
request-denied-by-because = رُفض الطلب بقرار من { $person }: «{ $reason }»
managed-bundle = الحزمة «{ $name }» من مؤسستك: يمكن تشغيلها لا تغييرها. لم يُحفظ شيء.
# $why: a sentence of a bundle's, such as "a bundle needs a name".
bundle-not-kept = لم يُحفظ شيء: { $why }.
# $names: names of roles.
bundle-kept-without = حُفظت الحزمة من دون { $names }: لست مؤهلًا لذلك.
bundle-nothing-left = لم يُحفظ شيء: لست مؤهلًا لـ { $names }.
cancelled-elsewhere = أُلغي الطلب، وليس من هنا.
nobody-decided = لم يقرر أحد بشأن الطلب خلال 24 ساعة.
service-ended-it = أنهت الخدمة هذا التنشيط.
# $status: a word of the service's.
activation-failed = تعذّر على الخدمة تنفيذ التنشيط (الحالة { $status }).
still-in-flight = تعمل الخدمة على هذا الطلب منذ ساعة (الحالة { $status }).
deactivation-not-sent = انقطع الاتصال أثناء إرسال طلب إلغاء التنشيط. لم يصل إلى الخدمة قط؛ وما زال الدور نشطًا.

## Sign-in, consent, clouds and tenants. $permission is the name of a permission, $page an address.

# Comes after the sentence of what happened.
go-on-with-consented = سجّل الدخول مجددًا للمتابعة بما تمت الموافقة عليه.
administrator-consents-to = يجب أن يوافق مسؤول على الإذن اللازم لذلك ({ $permission }).
nobody-consented-to = لم يوافق أحد على الإذن اللازم لذلك ({ $permission }).
unknown-cloud = لا توجد سحابة باسم «{ $name }». اختر سحابة في الإعدادات.
tenants-not-consented = تعرف Azure مستأجريك، لكن لم يوافق أحد على أن يسألها Pimento عنهم. اذكر المستأجر بدلًا من ذلك.
# $reason is in English.
demo-scenario-unusable = لا يمكن استخدام السيناريو التجريبي الخاص بك: { $reason }. حاول مجددًا لاستخدام الشركة المضمّنة.
demo-tenant-not-here = لا يشير { $variable } إلى مستأجر يعمل على هذا الجهاز.
demo-not-started = تعذّر بدء المستأجر التجريبي.
admin-extend = أريد أن أطلب في Pimento أهلية أطول، وهذا يتطلب الإذن { $permission }. يُرجى الموافقة عليه: { $page }
admin-consent-page = يُرجى الموافقة على الأذونات التي يحتاج إليها Pimento: { $page }
admin-consent-permission = يُرجى الموافقة على الإذن { $permission } لـ Pimento: { $page }
admin-need-permission = أحتاج إلى الإذن { $permission } لعملي باستخدام Pimento. يُرجى الموافقة عليه: { $page }

## Roles that somebody enters by name or id. $name is what they wrote.

enter-name-or-id = لم يُضَف «{ $name }» إلى القائمة. أدخل اسمه أو معرّفه.
enter-member-or-owner = لم يُضَف «{ $name }» إلى القائمة. في المجموعة يكون المرء عضوًا أو مالكًا.
enter-scope = لم يُضَف «{ $name }» إلى القائمة. أدخل نطاقه، وهو يبدأ بـ /subscriptions/ مثلًا.
enter-definition-id = لم يُضَف «{ $name }» إلى القائمة. أدخل معرّف تعريفه بدلًا من ذلك.
enter-nothing-found = لم يُضَف «{ $name }» إلى القائمة. لا شيء بهذا الاسم.
enter-several-found = لم يُضَف «{ $name }» إلى القائمة. هناك أكثر من واحد بهذا الاسم. أدخل المعرّف بدلًا من ذلك.
enter-no-names = لا يُسمح هنا بالبحث عن الأسماء. أدخل المعرّف بدلًا من ذلك.
