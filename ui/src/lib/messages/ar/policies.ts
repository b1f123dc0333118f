// Texts of the Manage window's part about policies.

import { DAY, number, ofPlural, own, plural, POLICY, quoted, RULE } from './count';

export const policies = {
  policies: {
    none: 'لا توجد أدوار في القائمة.',
    list: 'الأدوار والمجموعات',
    compareFile: 'المقارنة بملف…',
    fileTooLong: (most: number) =>
      `الملف أكبر من ${number(most)} MiB. يقبل الأمر ${quoted('pim policy diff FILE')} في سطر الأوامر ملفات أكبر.`,
    fileUnreadable: 'تعذّرت قراءة الملف.',
    export: (count: number) => (count < 2 ? 'تصدير' : `تصدير ${number(count)}`),
    saved: (count: number, path: string) => `تمت الكتابة في ${own(path)}: ${plural(count, POLICY)}.`,
    notSaved: 'لم يُكتب فيه:',

    groups: {
      activation: 'التنشيط',
      eligible: 'التعيين المؤهل',
      active: 'التعيين النشط',
      mail: 'الإعلامات',
      other: 'قواعد أخرى تبقى كما هي',
    },
    rules: 'القواعد',
    change: 'تغيير…',
    copy: 'نسخ إلى أدوار أخرى…',
    changing: (name: string) => `تغيير ${own(name)}`,
    copying: (name: string) => `نسخ قواعد ${own(name)}`,

    longest: 'أطول مدة للتنشيط',
    justification: 'يتطلب سببًا',
    ticket: 'يتطلب تذكرة',
    proof: 'إثبات الهوية',
    proofs: {
      nothing: 'لا شيء آخر',
      mfa: 'المصادقة متعددة العوامل',
      context: 'سياق مصادقة للوصول المشروط',
    },
    claim: 'سياق المصادقة',
    claimWrong: 'أحد السياقات من c1 إلى c99.',
    approval: 'يتطلب موافقة',
    approvers: 'الموافقون',
    defaultApprovers: 'إذا لم تسمِّ أحدًا، فالقرار لمسؤولي الأدوار المتميزة والمسؤولين العموميين.',
    nameApprovers: 'سمِّ موافقًا واحدًا على الأقل: لا أحد يقرر هنا افتراضيًا.',
    eligible: 'أطول مدة للأهلية',
    active: 'أطول مدة للتعيين النشط',
    forEver: 'بلا حد، ويجوز أن يكون دائمًا',
    days: (days: number) => plural(days, DAY),
    activeJustification: 'يتطلب تعيينه سببًا',
    activeMfa: 'يتطلب تعيينه المصادقة متعددة العوامل',
    mailDefaults: 'من يتلقونه افتراضيًا',
    mailDefaultsOf: (mail: string) => `${own(mail)}: من يتلقونه افتراضيًا`,
    recipients: 'عناوين أخرى تفصل بينها فواصل',
    recipientsOf: (mail: string) => `${own(mail)}: عناوين أخرى`,
    addressWrong: (address: string) => `${quoted(address)} ليس عنوان بريد إلكتروني.`,
    unchanged: 'لم يتغير شيء بعد.',
    review: 'مراجعة التغييرات',

    copyTo: 'إلى أي أدوار',
    copyFilter: 'البحث عن دور',
    copyHint: (count: number) => (count === 0 ? 'اختر من ستكون له القواعد نفسها.' : `تم تحديد ${number(count)}`),

    reviewing: 'ما الذي سيختلف',
    drift: (file: string) => `مقارنةً بالملف ${own(file)}`,
    applied: 'ما الذي تم',
    comparing: 'جارٍ قراءة النُهج…',
    rule: 'القاعدة',
    now: 'الآن',
    then: 'بعد ذلك',
    noSuchRule: 'لا توجد هذه القاعدة ولا يمكن إضافتها: تُترك جانبًا.',
    unlisted: (ids: string) => `ليس من أدوارك؛ الملف يسمّيه (${own(ids)}).`,
    same: 'كل شيء كما تريد.',
    noDrift: (count: number) =>
      count === 1 ? 'النهج مطابق لما في الملف.' : `كل النُهج (${number(count)}) مطابقة لما في الملف.`,
    others: (count: number) => (count === 1 ? 'ونهج آخر كما ينبغي.' : `وكذلك ${number(count)} غيرها كما ينبغي.`),
    summary: (policies: number, rules: number) =>
      `${plural(rules, RULE)} من ${ofPlural(policies, POLICY)}. لم يُرسَل شيء.`,
    applying: 'جارٍ التطبيق… حيث ينقص إذن، يُفتح المستعرض.',
    apply: (count: number) => (count < 2 ? 'تطبيق' : `تطبيق على ${number(count)}`),
    again: 'نظرة أخرى',
  },
};
