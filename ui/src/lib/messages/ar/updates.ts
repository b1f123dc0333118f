// ما يقال عن الإصدارات الأحدث من Pimento.

import { number, own } from './count';

export const updates = {
  updates: {
    heading: 'الإصدارات الأحدث',
    never: 'هذه النسخة لا تبحث عن إصدارات أحدث.',
    off: 'لا يجري البحث عن إصدارات أحدث.',
    change: 'التغيير في الإعدادات',
    notYet: 'لم يجرِ البحث بعد.',
    upToDate: (time: string) => `محدّث (آخر بحث: ${own(time)})`,
    looking: 'جارٍ البحث…',
    look: 'البحث الآن',
    offered: (version: string) => `صدر Pimento ${own(version)}`,
    notes: 'الجديد فيه',
    download: (size: number) => `تنزيل (${number(size)} ميغابايت)`,
    downloading: (percent: number) => `جارٍ التنزيل، ${number(percent)}%`,
    install: 'تثبيت',
    installHint: 'هذا ما وقّعه صانعو Pimento. يسألك النظام قبل أن يغيّر شيئًا.',
    absent: 'ليست له حزمة لهذا النظام.',
    open: 'عرض ما يلزم',

    wanted: 'البحث عن إصدارات أحدث',
    wantedHint: 'مرة في اليوم. لا يُثبَّت شيء دون نقرة.',
    defer: 'عرضها بعد',
    deferUnit: 'يومًا',
    deferError: 'بين 0 و90 يومًا.',
  },
};
