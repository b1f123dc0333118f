// Texts of the Manage window's part about policies.

import { counted, text } from './count';

export const policies = {
  policies: {
    none: '一覧にロールがありません。',
    list: 'ロールとグループ',
    compareFile: 'ファイルと比較…',
    fileTooLong: (most: number) =>
      text`ファイルが ${most} MiB を超えています。コマンド ラインの「pim policy diff FILE」なら、より大きなファイルを扱えます。`,
    fileUnreadable: 'ファイルを読み取れませんでした。',
    export: (count: number) => (count < 2 ? 'エクスポート' : `${counted(count, '件')}をエクスポート`),
    saved: (count: number, path: string) => text`${counted(count, '件のポリシー')}を ${path} に書き込みました。`,
    notSaved: '含まれていないもの:',

    groups: {
      activation: 'アクティブ化',
      eligible: '資格のある割り当て',
      active: 'アクティブな割り当て',
      mail: '通知',
      other: 'その他の規則 (変更されません)',
    },
    rules: '規則',
    change: '変更…',
    copy: 'ほかへコピー…',
    changing: (name: string) => text`${name} の変更`,
    copying: (name: string) => text`${name} の規則をコピー`,

    longest: 'アクティブ化の最大期間',
    justification: '理由が必要',
    ticket: 'チケットが必要',
    proof: '本人確認',
    proofs: {
      nothing: '追加なし',
      mfa: '多要素認証',
      context: '条件付きアクセスの認証コンテキスト',
    },
    claim: '認証コンテキスト',
    claimWrong: 'c1 から c99 のいずれか。',
    approval: '承認が必要',
    approvers: '承認者',
    defaultApprovers: '誰も指定しない場合、特権ロール管理者とグローバル管理者が判断します。',
    nameApprovers: '承認者を 1 人以上指定します。ここには既定の承認者がいません。',
    eligible: '資格の最大期間',
    active: 'アクティブな割り当ての最大期間',
    forEver: '無期限 (永続的も可)',
    days: (days: number) => counted(days, '日'),
    activeJustification: '割り当てに理由が必要',
    activeMfa: '割り当てに多要素認証が必要',
    mailDefaults: '既定の受信者',
    mailDefaultsOf: (mail: string) => `${mail}: 既定の受信者`,
    recipients: '追加のアドレス (コンマ区切り)',
    recipientsOf: (mail: string) => `${mail}: 追加のアドレス`,
    addressWrong: (address: string) => `「${address}」はメール アドレスではありません。`,
    unchanged: 'まだ何も変更されていません。',
    review: '変更を確認',

    copyTo: 'コピー先のロール',
    copyFilter: 'ロールを検索',
    copyHint: (count: number) =>
      count === 0 ? '同じ規則を適用する相手を選択します。' : `${counted(count, '件')}を選択`,

    reviewing: '変更される点',
    drift: (file: string) => text`${file} との比較`,
    applied: '実行した内容',
    comparing: 'ポリシーを読み込んでいます…',
    rule: '規則',
    now: '現在',
    then: '変更後',
    noSuchRule: 'この規則は存在せず、追加もできないため、除外されます。',
    unlisted: (ids: string) => `あなたのロールにはありません。ファイルに記載されています (${ids})。`,
    same: 'すべて希望どおりです。',
    noDrift: (count: number) =>
      count === 1
        ? 'ポリシーはファイルのとおりです。'
        : `${counted(count, '件のポリシー')}はすべてファイルのとおりです。`,
    others: (count: number) => text`ほかの ${counted(count, '件')}は適切な状態です。`,
    summary: (policies: number, rules: number) =>
      text`${counted(policies, '件のポリシー')}の ${counted(rules, '件の規則')}。何も送信されていません。`,
    applying: '適用しています… アクセス許可が足りない場合は、ブラウザーが開きます。',
    apply: (count: number) => (count < 2 ? '適用' : `${counted(count, '件')}に適用`),
    again: '再確認',
  },
};
