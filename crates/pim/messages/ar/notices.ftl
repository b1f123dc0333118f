# What stands above the list until somebody has read it: files, keyring, browser, bundles. $reason is a library's or
# the system's, or says what is wrong in a line of a file; it is in English.

## Files.

settings-unreadable = تعذّرت قراءة الإعدادات ({ $reason })، لذا تُستخدم الإعدادات الافتراضية.
settings-unreadable-kept = تعذّرت قراءة الإعدادات ({ $reason })، لذا تُستخدم الإعدادات الافتراضية. احتُفظ بالملف باسم { $name }.
settings-not-saved = لم تُحفظ الإعدادات: { $reason }.
saved-list-unreadable = تعذّرت قراءة القائمة المحفوظة من التشغيل السابق ({ $reason }).
saved-list-unreadable-kept = تعذّرت قراءة القائمة المحفوظة من التشغيل السابق ({ $reason }). احتُفظ بالملف باسم { $name }.
journal-unreadable = تعذّرت قراءة سجل عمليات Pimento بالكامل (السطر { $line }: { $reason }). احتُفظ به باسم { $name }؛ قد تنقص أسباب محفوظة أو عمليات تجديد تلقائي مضبوطة.
bundles-unreadable = تعذّرت قراءة حِزم مؤسستك من { $place }: { $reason }.
cannot-note = تعذّر على Pimento تدوين ما حدث؛ سيبحث عنه بعد إعادة التشغيل.
cannot-remove = تعذّر على Pimento إزالة كل ما احتفظ به للحساب.
cannot-note-accounts = تعذّر على Pimento تدوين الحسابات التي سجّلت الدخول.
cannot-keep-list = تعذّر على Pimento الاحتفاظ بالقائمة للبدء التالي.
cannot-save-settings = تعذّر على Pimento حفظ الإعدادات؛ تبقى سارية حتى إنهائه.
cannot-write-first = تعذّر على Pimento كتابة ملفاته، لذا لم يُرسَل شيء قد يلزم تذكّره.
cannot-open-journal = تعذّر على Pimento فتح سجل عملياته، لذا لا يرسل شيئًا قد يلزم تذكّره.
keyring-not-wiped = تم تسجيل خروجك هنا، لكن تعذّر المسح من سلسلة المفاتيح.
browser-not-opened = تعذّر فتح المستعرض.

## Notifications that nobody sees.

notifications-nobody-shows = لن تُحذَّر قبل انتهاء دور: لا شيء على سطح المكتب هذا يعرض الإعلامات.
notifications-off = لن تُحذَّر قبل انتهاء دور: إعلامات Pimento متوقفة. تجدها في إعدادات النظام ضمن الإعلامات.
notifications-forbidden = لن تُحذَّر قبل انتهاء دور: لا يسمح هذا النظام لـ Pimento بعرض الإعلامات.
notifications-failed = لن تُحذَّر قبل انتهاء دور: تعذّر عرض إعلام.

## Bundles. After "Nothing was kept:", so without a capital and without a full stop.

bundles-exported = تمت كتابة الحِزم في { $file }.
bundles-not-exported = تعذّرت كتابة الحِزم في مجلد التنزيلات.
bundle-without-name = تحتاج الحزمة إلى اسم
bundle-without-roles = لا أدوار في الحزمة «{ $name }»
bundle-too-many-roles = عدد أدوار الحزمة «{ $name }» هو { $count }؛ والحد الأقصى { $most }
bundle-reason-too-long = سبب الحزمة «{ $name }» أطول من الحد الأقصى لعدد الأحرف، وهو { $most }
bundle-role-without-id = في الحزمة «{ $name }» دور بلا معرّف أو بلا نطاق
bundle-role-too-long = في الحزمة «{ $name }» دور مدته بالدقائق { $minutes }؛ والممكن من 5 إلى 1440
bundle-file-too-long = الملف أكبر من ميبيبايت واحد
bundle-file-too-new = التنسيق { $format } أحدث مما يعرفه هذا الإصدار، وهو { $known }
bundle-file-too-many = عدد الحِزم في الملف { $count }؛ والحد الأقصى { $most }

## Kinds of scopes, as they stand beside a scope's name.

scope-root = جذر المستأجر
scope-administrative-unit = وحدة إدارية
scope-group = مجموعة
scope-management-group = مجموعة إدارة
scope-subscription = اشتراك
scope-resource-group = مجموعة موارد
scope-key-vault = خزنة مفاتيح
scope-kubernetes = نظام مجموعة Kubernetes
scope-web-app = تطبيق ويب
scope-sql-server = خادم SQL
scope-sql-database = قاعدة بيانات SQL
scope-cosmos = حساب Cosmos DB
scope-virtual-machine = جهاز ظاهري
scope-storage-account = حساب تخزين

## Links to portals. Names of products stay as they are where Microsoft leaves them so.

portal-exchange = مركز إدارة Exchange
portal-teams = مركز إدارة Teams
portal-intune = مركز إدارة Intune
portal-defender = بوابة Defender
portal-purview = بوابة Purview
portal-power-platform = مركز إدارة Power Platform
portal-microsoft-365 = مركز إدارة Microsoft 365
portal-azure = بوابة Azure
portal-entra = مركز إدارة Entra

## The page that the browser's tab shows after a sign-in.

tab-done = العودة إلى Pimento
tab-done-text = وصل الرد إلى Pimento. يمكنك إغلاق علامة التبويب هذه.
tab-refused = لم يُسجَّل الدخول
tab-refused-text = لم يكتمل تسجيل الدخول؛ تجد السبب في Pimento. يمكنك إغلاق علامة التبويب هذه.
tab-stranger = لا شيء هنا
tab-stranger-text = ليس هذا الرد الذي ينتظره Pimento. يمكنك إغلاق علامة التبويب هذه.
