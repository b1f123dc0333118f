// Numbers, names and times within Arabic sentences.

const grouped = new Intl.NumberFormat('ar-u-nu-latn');
const rules = new Intl.PluralRules('ar');
const conjunction = new Intl.ListFormat('ar', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('ar', { type: 'disjunction' });

/** A noun by its number: the dual also as it stands after a preposition or a verb. */
interface Noun {
  none: string;
  one: string;
  two: string;
  ofTwo: string;
  few: string;
  many: string;
  other: string;
}

const noun = (
  none: string,
  one: string,
  two: string,
  ofTwo: string,
  few: string,
  many: string,
  other: string,
): Noun => ({
  none,
  one,
  two,
  ofTwo,
  few,
  many,
  other,
});

export const ROLE = noun('لا أدوار', 'دور واحد', 'دوران', 'دورين', 'أدوار', 'دورًا', 'دور');
export const OTHER_ROLE = noun(
  'لا أدوار أخرى',
  'دور آخر',
  'دوران آخران',
  'دورين آخرين',
  'أدوار أخرى',
  'دورًا آخر',
  'دور آخر',
);
export const PERSON = noun('لا أحد', 'شخص آخر', 'شخصان آخران', 'شخصين آخرين', 'آخرين', 'شخصًا آخر', 'شخص آخر');
export const ACCOUNT = noun('لا حسابات', 'حساب واحد', 'حسابان', 'حسابين', 'حسابات', 'حسابًا', 'حساب');
export const ENTRY = noun('لا إدخالات', 'إدخال واحد', 'إدخالان', 'إدخالين', 'إدخالات', 'إدخالًا', 'إدخال');
export const RECORD = noun('لا سجلات', 'سجل واحد', 'سجلان', 'سجلين', 'سجلات', 'سجلًا', 'سجل');
export const FINDING = noun('لا نتائج', 'نتيجة واحدة', 'نتيجتان', 'نتيجتين', 'نتائج', 'نتيجة', 'نتيجة');
export const ACTIVATION = noun(
  'لا عمليات تنشيط',
  'عملية تنشيط واحدة',
  'عمليتا تنشيط',
  'عمليتي تنشيط',
  'عمليات تنشيط',
  'عملية تنشيط',
  'عملية تنشيط',
);
export const POLICY = noun('لا نُهج', 'نهج واحد', 'نهجان', 'نهجين', 'نُهج', 'نهجًا', 'نهج');
export const RULE = noun('لا قواعد', 'قاعدة واحدة', 'قاعدتان', 'قاعدتين', 'قواعد', 'قاعدة', 'قاعدة');
export const TEMPLATE = noun('لا قوالب', 'قالب واحد', 'قالبان', 'قالبين', 'قوالب', 'قالبًا', 'قالب');
export const REMINDER = noun('لا تذكيرات', 'تذكير واحد', 'تذكيران', 'تذكيرين', 'تذكيرات', 'تذكيرًا', 'تذكير');
export const TIME = noun('لا مرات', 'مرة واحدة', 'مرتان', 'مرتين', 'مرات', 'مرة', 'مرة');
export const SECOND = noun('لا ثوانٍ', 'ثانية واحدة', 'ثانيتان', 'ثانيتين', 'ثوانٍ', 'ثانية', 'ثانية');
export const MINUTE = noun('لا دقائق', 'دقيقة واحدة', 'دقيقتان', 'دقيقتين', 'دقائق', 'دقيقة', 'دقيقة');
export const HOUR = noun('لا ساعات', 'ساعة واحدة', 'ساعتان', 'ساعتين', 'ساعات', 'ساعة', 'ساعة');
export const DAY = noun('لا أيام', 'يوم واحد', 'يومان', 'يومين', 'أيام', 'يومًا', 'يوم');
export const YEAR = noun('لا سنوات', 'سنة واحدة', 'سنتان', 'سنتين', 'سنوات', 'سنة', 'سنة');

/** A number by itself. */
export const number = (count: number) => grouped.format(count);

/** A number with its noun, in one of the six forms that Arabic has: "دور واحد", "دوران", "3 أدوار", "11 دورًا", "100 دور". */
export function plural(count: number, what: Noun): string {
  switch (rules.select(count)) {
    case 'zero':
      return what.none;
    case 'one':
      return what.one;
    case 'two':
      return what.two;
    case 'few':
      return `${number(count)} ${what.few}`;
    case 'many':
      return `${number(count)} ${what.many}`;
    default:
      return `${number(count)} ${what.other}`;
  }
}

/** The same after a preposition or as an object: "دورين". */
export const ofPlural = (count: number, what: Noun) => (count === 2 ? what.ofTwo : plural(count, what));

/** "لواحد منها", "لاثنين منها", "لـ 3 منها". */
export const forSome = (count: number) =>
  count === 1 ? 'لواحد منها' : count === 2 ? 'لاثنين منها' : `لـ ${number(count)} منها`;

/** All of some roles, after a preposition. */
export const allRoles = (count: number) =>
  ['', '', 'الدورين كليهما', 'الأدوار الثلاثة', 'الأدوار الأربعة', 'الأدوار الخمسة', 'الأدوار الستة'][count] ||
  `الأدوار كلها (${number(count)})`;

/** A text of others in its own direction, wherever it stands in the sentence: names, addresses, paths. */
export const own = (text: string) => (text === '' ? '' : `\u2068${text}\u2069`);

/** The same in quotes. */
export const quoted = (text: string) => `«${own(text)}»`;

export const and = (all: readonly string[]) => conjunction.format(all.map(own));
export const or = (all: readonly string[]) => disjunction.format(all.map(own));

/** When: "في 17:30", "في 4 ديسمبر", "غدًا 01:30". */
export const at = (time: string) => (/^\d/.test(time) ? `في ${time}` : time);

/** A time after a preposition: "حتى غدٍ". */
const after = (time: string) => time.replace(/^غدًا(?!\p{L})/u, 'غدٍ');

export const until = (time: string) => `حتى ${after(time)}`;
export const from = (time: string) => `من ${after(time)}`;
