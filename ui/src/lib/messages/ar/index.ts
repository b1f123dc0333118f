// Every text that the window shows, in Arabic. Plain modern standard Arabic; the terms are those of Microsoft's own PIM:
// تنشيط، مؤهل، تعيين، نهج. What others wrote stands in isolates, in its own direction; digits are Western, so that they
// stand in columns.

import type { Messages } from '../shape';
import { and, at, from, HOUR, MINUTE, number, or, own, PERSON, plural, quoted, ROLE, until } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

export const ar: Messages = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  locale: 'ar-u-nu-latn',
  direction: 'rtl',
  appName: 'Pimento',
  lost: 'عملية Pimento في الخلفية لا تستجيب. أنهِ Pimento وابدأه من جديد.',

  time: {
    minutes: (minutes: number) => `${minutes}\u00A0د`,
    hours: (hours: number) => `${hours}\u00A0س`,
    hoursMinutes: (hours: number, minutes: number) => `${hours}\u00A0س\u00A0${String(minutes).padStart(2, '0')}\u00A0د`,
    seconds: (seconds: number) => `${seconds}\u00A0ث`,
    ended: 'انتهى',
    underAMinute: 'أقل من دقيقة',
    spoken: (hours: number, minutes: number) =>
      [hours > 0 ? plural(hours, HOUR) : '', minutes > 0 ? plural(minutes, MINUTE) : ''].filter(Boolean).join(' و'),
    tomorrow: (time: string) => `غدًا ${time}`,
    yesterday: (time: string) => `أمس ${time}`,
    onWeekday: (day: string, time: string) => `${day} ${time}`,
    today: 'اليوم',
    tomorrowPlain: 'غدًا',
    yesterdayPlain: 'أمس',
    onDate: (date: string, time: string) => `${date}، ${time}`,
  },

  common: {
    back: 'رجوع',
    cancel: 'إلغاء',
    dismiss: 'تجاهل',
    copy: 'نسخ',
    copied: 'تم النسخ',
    details: 'التفاصيل',
    save: 'حفظ',
    comma: '، ',
    stop: '.',
  },

  header: {
    menu: 'القائمة',
    demo: 'تجريبي',
    account: (name: string, tenant: string) => `تم تسجيل الدخول باسم ${own(name)}، ${own(tenant)}. الحسابات`,
  },

  menu: {
    refresh: 'تحديث',
    accounts: 'الحسابات',
    bundles: 'الحِزم',
    history: 'المحفوظات',
    sources: 'من أين تأتي الأدوار',
    showAzure: 'إظهار موارد Azure…',
    settings: 'الإعدادات',
    shortcuts: 'اختصارات لوحة المفاتيح',
    about: 'حول Pimento',
    signOut: 'تسجيل الخروج',
    remembered: 'تسجيل الدخول محفوظ في سلسلة مفاتيح النظام',
    notRemembered: 'تسجيل الدخول محفوظ في الذاكرة حتى الإنهاء',
  },

  active: {
    heading: 'نشطة',
    headingRequested: 'مطلوبة',
    headingBoth: 'نشطة ومطلوبة',
    until: (time: string) => until(time),
    standing: 'دائم',
    standingUntil: (time: string) => `معيّن ${until(time)}`,
    throughGroup: 'عبر مجموعة',
    throughGroupUntil: (time: string) => `عبر مجموعة، ${until(time)}`,
    leftLabel: (left: string) => `متبقٍ ${left}`,
    renew: (name: string) => `تجديد ${own(name)}`,
    renewTitle: 'تجديد',
    armedAt: (time: string) => at(time),
    armedLabel: (name: string, time: string) => `${own(name)}: يُجدَّد ${at(time)}. تغيير`,
    armedTitle: (time: string) => `يُجدَّد تلقائيًا ${at(time)}`,
    notAfter: (time: string) => `لا بعد ${time}`,
    notAfterLabel: (name: string, time: string) => `${own(name)}، لا بعد ${time}: بعدها لا يُجدَّد شيء تلقائيًا. تغيير`,
    deactivate: (name: string) => `إلغاء تنشيط ${own(name)}`,
    deactivateTitle: 'إلغاء التنشيط',
    lockedLabel: (name: string, time: string, left: string) =>
      `إلغاء تنشيط ${own(name)}: ممكن ${from(time)}، بعد ${left}`,
    lockedTitle: (time: string) => `لا تتيح PIM إنهاء الدور إلا بعد خمس دقائق من بدئه: ${from(time)}`,
    cancelRequest: 'إلغاء',
    cancelRequestLabel: (name: string) => `إلغاء طلب ${own(name)}`,
    more: (name: string) => `${own(name)}: المزيد`,
    notWorking: 'لا يعمل بعد؟',
    notWorkingLabel: (name: string) => `${own(name)}: لا يعمل بعد؟ ما الذي يساعد`,
    extend: 'تمديد…',
    extendLabel: (name: string) => `تمديد… ${own(name)}`,
  },

  state: {
    requesting: 'جارٍ الطلب…',
    requestingDetail: 'أُرسل الطلب ولا رد بعد.',
    steppingUp: 'أكِّد في المستعرض',
    steppingUpDetail: 'يلزم تسجيل دخول أقوى، وهو ينتظرك في مستعرضك.',
    checking: 'جارٍ التحقق…',
    checkingDetail: 'ضاع الرد. جارٍ البحث عنه؛ لا يُرسَل شيء مرتين.',
    waitingForApproval: 'بانتظار الموافقة',
    waitingFor: (names: string) => `في انتظار ${own(names)}.`,
    waitingForSomebody: 'في انتظار موافِق.',
    lapses: (time: string) => `تنتهي المهلة ${at(time)}.`,
    provisioning: 'جارٍ الإعداد…',
    provisioningDetail: 'قُبل الطلب، وجارٍ تعيين الدور.',
    scheduled: 'مجدول',
    scheduledFor: (time: string) => `يبدأ ${at(time)}.`,
    scheduledForLong: (time: string, length: string) => `${from(time)} لمدة ${length}`,
    scheduledDetail: 'يبدأ لاحقًا.',
    deactivating: 'جارٍ الإنهاء…',
    deactivatingDetail: 'جارٍ سحب الدور.',
    failed: 'فشل',
    denied: 'مرفوض',
    cancelled: 'مُلغى',
  },

  names: {
    and: (first: string, last: string) => or([first, last]),
    both: (all: readonly string[]) => and(all),
    any: (all: readonly string[], others: number) =>
      others > 0 ? `${all.map(own).join('، ')} أو ${plural(others, PERSON)}` : or(all),
    andMore: (first: string, count: number) => `${own(first)} أو ${plural(count, PERSON)}`,
  },

  filter: {
    label: 'البحث عن دور',
    placeholder: 'البحث عن دور',
    clear: 'مسح التصفية',
    found: (count: number) => (count === 0 ? 'لا دور مطابق' : plural(count, ROLE)),
  },

  eligible: {
    label: 'الأدوار التي يمكنك تنشيطها',
    favourite: (name: string) => `المفضلة: ${own(name)}`,
    favouriteTitle: 'إضافة إلى المفضلة',
    unfavouriteTitle: 'إزالة من المفضلة',
    activate: 'تنشيط',
    activateForm: 'تنشيط…',
    request: 'طلب',
    requestForm: 'طلب…',
    renewForm: 'إعادة الطلب…',
    renewAsked: 'طُلب',
    activeNow: 'نشط',
    onItsWay: 'معلّق',
    sendsSoon: 'جارٍ الإرسال…',
    oneClick: (time: string, reason: string) =>
      reason === '' ? `ينشَّط لمدة ${time}` : `ينشَّط لمدة ${time}، السبب ${quoted(reason)}`,
    oneClickHint: 'النقر مع Shift يفتح النموذج',
    opensForm: 'يفتح النموذج',
    opensRenewal: 'انتهت الأهلية: اطلب من المسؤول تجديدها',
    givesLabel: (name: string) => `${own(name)}: ما الذي تمنحه`,
    verbLabel: (verb: string, name: string) => `${verb} ${own(name)}`,
    words: {
      kinds: { group: 'مجموعة', azureResource: 'Azure' },
      reason: 'سبب',
      mfa: 'MFA',
      stepUp: 'دخول أقوى',
      ticket: 'تذكرة',
      approval: 'موافقة',
      max: (time: string) => `الأقصى ${time}`,
      unknown: 'النهج غير معروف',
      group: 'عبر مجموعة',
      gives: 'ما تمنحه',
      default: (time: string) => `${time} افتراضيًا`,
      rules: 'فيه قواعد لا يعرفها Pimento',
      detailsGive: 'في تفاصيلها ما تمنحه',
      until: (day: string) => `ينتهي ${at(day)}`,
      ended: (day: string) => `انتهى ${at(day)}`,
    },
  },

  selection: {
    label: 'التحديد',
    count: (count: number) => `المحدد: ${number(count)}`,
    clear: 'مسح التحديد',
    activate: 'تنشيط الكل…',
    bundle: 'حزمة…',
    saveBundle: 'حفظ كحزمة',
    select: (name: string) => `تحديد ${own(name)}`,
  },

  undo: {
    text: (name: string, time: string) => `جارٍ تنشيط ${own(name)} لمدة ${time}`,
    reason: (reason: string) => quoted(reason),
    button: 'تراجع',
  },

  empty: {
    none: 'لا أدوار مؤهلة',
    allActive: 'لم يبقَ ما يُنشَّط',
    allActiveDetail: 'كل أدوارك المؤهلة نشطة أو في طريقها إلى ذلك.',
    noneDetail: 'ليس لهذا الحساب دور يمكنه تنشيطه. تُعيَّن الأدوار في Microsoft Entra PIM.',
    noMatch: (typed: string) => `لا دور يطابق ${quoted(typed)}`,
    noMatchDetail: 'تبحث التصفية في أسماء الأدوار والنطاقات.',
    clear: 'مسح التصفية',
  },

  footer: {
    asOf: (time: string) => `كما في ${time}`,
    loading: 'جارٍ التحديث…',
    loadingFirst: 'جارٍ قراءة أدوارك…',
    offline: 'غير متصل',
    offlineAsOf: (time: string) => `غير متصل · كما في ${time}`,
    failedAsOf: (time: string) => `لم يُحدَّث منذ ${time}`,
    failed: 'تعذّرت قراءة القائمة',
    paused: (time: string) => `القراءة التالية ${at(time)}: تطلب الخدمة التمهل`,
    refresh: 'تحديث',
  },

  problem: {
    code: 'الرمز',
    correlationId: 'معرّف الارتباط',
    detail: 'كلام الخدمة',
    signIn: 'تسجيل الدخول مجددًا',
    edit: 'التحرير والمحاولة مجددًا',
    retry: 'إعادة المحاولة',
    retryIn: (left: string) => `إعادة المحاولة بعد ${left}`,
    refresh: 'تحديث',
    askAdmin: 'نسخ طلب إلى المسؤول',
    copyDetails: 'نسخ التفاصيل',
    dismiss: (name: string) => `تجاهل مشكلة ${own(name)}`,
  },

  notice: {
    info: 'معلومات',
    warning: 'تحذير',
    dismiss: 'تجاهل هذا الإشعار',
  },

  loading: {
    session: 'جارٍ البدء',
  },

  announce: {
    left: (name: string, left: string) => `${own(name)}: متبقٍ ${left}`,
    ended: (name: string) => `انتهى ${own(name)}`,
    active: (name: string, end: string) => `${own(name)} نشط ${until(end)}`,
    activePlain: (name: string) => `${own(name)} نشط`,
    waiting: (name: string) => `${own(name)} بانتظار الموافقة`,
    scheduled: (name: string, start: string) => `${own(name)} مجدول ${from(start)}`,
    stepUp: (name: string) => `${own(name)}: أكِّد في المستعرض`,
    failed: (name: string, message: string) => `${own(name)}: ${own(message)}`,
    undoable: (name: string, length: string) => `جارٍ تنشيط ${own(name)} لمدة ${length}. يمكن التراجع خلال خمس ثوانٍ.`,
  },
};
