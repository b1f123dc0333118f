// What the working day says, in Arabic: what ends by itself, and reminders.

import { at, own } from './count';

export const arDay = {
  day: {
    ends: 'إنهاء ما هو نشط في وقت معيّن من اليوم',
    endsHint: 'بعده لا يُجدَّد شيء في ذلك اليوم. وقبله بعشر دقائق يصلك إعلام ويمكنك الإبقاء على ما هو نشط.',
    at: 'في',
    onLock: 'إنهاء ما هو نشط عند قفل الشاشة',
    onLockHint: 'الدور الذي في دقائقه الخمس الأولى ينتهي بعدها مباشرة.',
    reminders: 'التذكيرات',
    remindersHint: 'يسألك إعلام إن كنت تريده. يفتح النموذج ولا ينشّط شيئًا.',
    add: 'إضافة تذكير',
    full: 'عشرون تذكيرًا على الأكثر.',
    nothing: 'لا يوجد دور أو حزمة للتذكير بها.',
    fresh: 'تذكير جديد',
    remove: (name: string) => `إزالة التذكير: ${own(name)}`,
    what: 'دور أو حزمة',
    choose: 'اختر…',
    roles: 'الأدوار',
    bundles: 'الحِزم',
    days: 'الأيام',
    weekdays: 'كل يوم عمل',
    everyDay: 'كل يوم',
    when: (days: string, time: string) => `${days} ${at(time)}`,
    signedOut: 'يخص حسابًا سُجّل الخروج منه',
    asksNothing: 'لن يسأل: هذا الدور أو هذه الحزمة غير متاح لك الآن.',
    whatError: 'اختر دورًا أو حزمة.',
    daysError: 'اختر يومًا واحدًا على الأقل.',
  },
};
