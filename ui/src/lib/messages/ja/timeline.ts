// 履歴の図と、ロールの使われ方。

import { counted, text } from './count';

export const timeline = {
  timeline: {
    show: '表示',
    list: '一覧',
    today: '今日',
    week: '今週',
    day: (weekday: string, day: number) => `${weekday}\n${day}`,
    span: (from: string, to: string) => `${from} ～ ${to}`,
    active: '現在アクティブ',
    planned: '予定',
    asked: (time: string) => text`予定より早く終了 (要求は ${time})`,
    all: (spans: readonly string[]) => spans.join('。'),
    sumToday: (time: string) => text`今日のアクティブ時間: ${time}`,
    sumWeek: (time: string) => text`今週のアクティブ時間: ${time}`,
    details: 'アクティブだった時間帯',
    now: (time: string) => text`現在 ${time}`,
    legend: { over: '終了', running: 'アクティブ', left: '残り', planned: '予定' },
    emptyToday: '今日アクティブになったものはありません',
    emptyWeek: '今週アクティブになったものはありません',
    emptyDetail: 'アクティブ化したロールごとに、開始から終了までの線がここに表示されます。',
  },

  insight: {
    title: '利用',
    label: 'ロールの使われ方',
    share: (since: string, share: string) => text`${since} 以降、${share} の時間に何かがアクティブでした。`,
    times: (count: number, time: string) => text`${counted(count, '回')}、合計 ${time}`,
    held: (used: string, asked: string) => text`${asked} のうち ${used} 使用`,
    hint: (asked: string, used: string, enough: string) =>
      text`要求は ${asked}、実際の使用は平均 ${used} です。${enough} で足ります。`,
    open: (time: string) => text`${time} でフォームを開く`,
    openLabel: (name: string, time: string) => text`${time} でフォームを開く: ${name}`,
    unused: '90 日間使われていないロール',
    unusedDetail: '不要になったものは返却できます。ロールを割り当てる担当者にお知らせください。',
    never: '記録なし',
    last: (day: string) => text`最終 ${day}`,
    empty: 'まだ何もありません',
    emptyDetail: 'ロールをアクティブ化すると、要求した時間と実際に使った時間がここに表示されます。',
  },
};
