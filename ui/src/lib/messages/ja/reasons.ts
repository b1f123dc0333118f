// 理由: 監査で差し戻されるものと、より良い書き方。

import { text } from './count';

export const reasons = {
  reasons: {
    choices: '選べる理由',
    template: 'テンプレート',
    more: (count: number) => text`他 ${count} 件`,
    placeholder: (name: string) => text`${name} が未入力です。`,
    ticket: 'チケット番号だけでは作業の内容が分かりません。少し書き足してください。',
    role: 'これはロールの名前です。何のために必要かを書いてください。',
    mashed: 'これでは後から確認できません。何をするのかを書いてください。',
    empty: '何にでも当てはまる内容です。システム、ユーザー、チケットなど、作業の対象を書いてください。',
    short: (least: number) => text`もう少し書いてください。理由は ${least} 文字以上が目安です。`,
  },
};
