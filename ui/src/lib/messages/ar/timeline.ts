// السجل كصورة، وما يقوله عن استخدام الأدوار.

import { own, plural, TIME } from './count';

export const timeline = {
  timeline: {
    show: 'عرض',
    list: 'القائمة',
    today: 'اليوم',
    week: 'الأسبوع',
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    span: (from: string, to: string) => `${from} – ${to}`,
    active: 'نشط الآن',
    planned: 'مجدول',
    asked: (time: string) => `انتهى مبكرًا، وكان مطلوبًا لمدة ${time}`,
    all: (spans: readonly string[]) => spans.join('؛ '),
    sumToday: (time: string) => `نشط لمدة ${time} اليوم`,
    sumWeek: (time: string) => `نشط لمدة ${time} هذا الأسبوع`,
    details: 'ما كان نشطًا ومتى',
    now: (time: string) => `الآن، ${time}`,
    legend: { over: 'انتهى', running: 'نشط', left: 'المتبقي', planned: 'مجدول' },
    emptyToday: 'لم يكن أي شيء نشطًا اليوم',
    emptyWeek: 'لم يكن أي شيء نشطًا هذا الأسبوع',
    emptyDetail: 'يظهر هنا لكل دور تقوم بتنشيطه خط من بدايته إلى نهايته.',
  },

  insight: {
    title: 'الاستخدام',
    label: 'كيفية استخدام الأدوار',
    share: (since: string, share: string) => `منذ ${since}، كان هناك ما هو نشط خلال ${share} من الوقت.`,
    times: (count: number, time: string) => `${plural(count, TIME)}، بإجمالي ${time}`,
    held: (used: string, asked: string) => `استُخدم ${used} من ${asked}`,
    hint: (asked: string, used: string, enough: string) => `تطلب ${asked} وتستخدم ${used} في المتوسط: يكفي ${enough}.`,
    open: (time: string) => `نموذج لمدة ${time}`,
    openLabel: (name: string, time: string) => `نموذج لمدة ${time}: ${own(name)}`,
    unused: 'غير مستخدمة منذ 90 يومًا',
    unusedDetail: 'ما لم يعد أحد بحاجة إليه يمكن إعادته: أخبر من يعيّن الأدوار.',
    never: 'أبدًا، بحسب المعروف',
    last: (day: string) => `آخر مرة ${day}`,
    empty: 'لا شيء يُذكر بعد',
    emptyDetail: 'بعد أن تنشّط الأدوار، يظهر هنا كم من الوقت تطلبها وكم تستخدمها.',
  },
};
