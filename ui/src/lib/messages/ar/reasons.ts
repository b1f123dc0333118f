// المبررات: ما قد يرفضه المدقق، وما هو أفضل منه.

import { number, own } from './count';

export const reasons = {
  reasons: {
    choices: 'أسباب للاختيار من بينها',
    template: 'قالب',
    more: (count: number) => `${number(count)} إضافية`,
    placeholder: (name: string) => `لم تتم تعبئة ${own(name)} بعد.`,
    ticket: 'رقم التذكرة وحده لا يوضح ما ستقوم به: أضف بضع كلمات.',
    role: 'هذا اسم الدور: اذكر سبب حاجتك إليه.',
    mashed: 'لن يتمكن أحد من التحقق من هذا لاحقًا: اذكر ما ستقوم به.',
    empty: 'يمكن أن يقال هذا عن أي شيء: اذكر ما تعمل عليه، مثل نظام أو مستخدم أو تذكرة.',
    short: (least: number) => `أضف المزيد: عدد الأحرف المطلوب للسبب هو ${number(least)} على الأقل.`,
  },
};
