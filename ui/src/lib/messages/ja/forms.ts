// What the forms say: to activate, to renew, to extend, bundles.

import { counted, text } from './count';

const gapOf = (seconds: number) =>
  seconds < 90
    ? text`中断: 約 ${seconds} 秒間、ロールがない状態になります。`
    : text`中断: 約 ${Math.round(seconds / 60)} 分間、ロールがない状態になります。`;

export const forms = {
  start: {
    label: '開始',
    now: '今すぐ',
    later: '時刻を指定',
    day: '日',
    time: '時刻',
    placeholder: '18:00',
    zone: (zone: string) => `お使いの時刻: ${zone}`,
    weekday: (at: number) =>
      new Intl.DateTimeFormat('ja-JP', { weekday: 'long', day: 'numeric', month: 'short' }).format(at),
    notATime: '時刻は 18:00 の形式です。',
    past: 'その時刻は過ぎています。',
    schedule: '予約',
  },

  extension: {
    title: '延長を要求',
    titleRenew: '更新を要求',
    eligible: (day: string) => text`あなたの資格は ${day}。`,
    assigned: (day: string) => text`あなたの割り当ては ${day}。`,
    ends: (day: string) => text`${day} に終了します`,
    ended: (day: string) => text`${day} に終了しました`,
    ask: '延長を要求',
    askRenew: '更新を要求',
    requesting: '要求しています…',
    signingIn: 'ブラウザーでサインインします。この要求には、アクセス許可またはより強力な認証が必要です。',
    cancel: '待機をやめる',
    requested: '要求しました。管理者が判断します。',
    next: '管理者が判断します。終了するまで、ロールを使い続けることができます。',
    nextRenew: '管理者が判断します。更新されると、ロールを再びアクティブ化できます。',
    submit: '要求',
    reason: 'ロールが引き続き必要な理由',
    again: '再び要求',
  },

  scope: {
    label: 'スコープ',
    path: (names: readonly string[]) => names.join(' › '),
    below: ' › ',
    omitted: '…',
    narrow: 'より狭いスコープを選択',
    close: 'スコープを閉じる',
    tree: (name: string) => text`${name} のスコープ`,
    whole: '資格のあるスコープ全体',
    what: (name: string, what: string) => `${name}、${what}`,
    loading: '下位を読み込んでいます…',
    asking: 'このスコープでロールが求めるものを読み込んでいます。それまでは、スコープ全体で求めるものを示します。',
  },

  bundles: {
    title: 'バンドル',
    label: 'バンドル',
    all: 'すべてのバンドル',
    run: (name: string) => text`${name} をアクティブ化`,
    form: (name: string) => text`${name} をアクティブ化…`,
    engaged: (name: string) => text`${name} はアクティブです`,
    none: (name: string) => `${name}: 資格のあるロールがありません`,
    chipTitle: (roles: string, reason: string) => (reason === '' ? roles : `${roles}\n理由「${reason}」`),
    roles: (count: number) => counted(count, '個のロール'),
    summary: (roles: string, reason: string) => (reason === '' ? roles : `${roles} · 「${reason}」`),
    active: 'アクティブ',
    noneYours: '対象のロールなし',
    notEligible: '資格がないため除外',
    managed: '組織から提供',
    managedDetail: '組織が公開したものです。実行はできますが、変更はできません。',
    empty: 'バンドルはまだありません',
    emptyDetail:
      'バンドルは、ワンクリックでまとめてアクティブ化するロールの組み合わせです。一覧でロールを選択し、[バンドル…] を選びます。',
    new: '新規',
    import: 'インポート…',
    export: 'すべてエクスポート',
    exportOne: 'エクスポート',
    edit: '編集',
    delete: '削除',
    deleteAsk: (name: string) => `「${name}」を削除しますか?`,
    keep: '残す',
    activate: 'アクティブ化',
    nothing: '対象なし',
    titleNew: '新しいバンドル',
    titleEdit: 'バンドルの編集',
    name: '名前',
    namePlaceholder: '例: オンコール',
    reason: '理由',
    reasonHint: '{date} は実行した日に置き換わります。',
    reasonPlaceholder: '例: オンコール、{date}',
    rolesHeading: 'ロール',
    minutesOf: (name: string) => text`${name} がアクティブな時間`,
    remove: (name: string) => text`${name} を削除`,
    add: 'ロールを追加',
    addChoose: 'ロールを選択…',
    save: '保存',
    tooLarge: 'ファイルが 1 メビバイトを超えています。',
    errors: {
      name: 'バンドルには名前が必要です。',
      roles: 'バンドルにはロールが必要です。',
    },
  },

  enter: {
    title: 'ロールを名前で入力',
    lead: (kind: string) => text`${kind} の一覧を取得できませんでした。ロールがわかっていれば、それでも要求できます。`,
    role: 'ロール',
    group: 'グループ',
    rolePlaceholder: '名前または ID',
    scope: 'スコープ',
    scopeHint: '空欄: ディレクトリ全体',
    scopeHintAzure: 'サブスクリプション、リソース グループ、またはリソースの ID',
    scopePlaceholder: '/subscriptions/…',
    submit: '一覧に追加',
    error: '名前または ID が必要です。',
    errorScope: 'Azure ロールにはスコープが必要です。',
    entered: 'このロールは、名前で一覧に追加されたものです。',
    forget: '一覧から外す',
  },

  several: {
    title: (count: number) => `${counted(count, '個のロール')}をアクティブ化`,
    roles: 'ロール',
    asks: '求められるもの',
    capped: (max: string) => text`最大 ${max}`,
    mfa: (roles: number, all: number) =>
      all === 1
        ? 'ブラウザーでの MFA'
        : roles === all
          ? `MFA 1 回 (${all} 個のロールに共通)`
          : text`MFA 1 回 (${all} 個中 ${roles} 個のロール)`,
    mfaToo: (roles: number) => text`MFA (さらに ${roles} 個のロール)`,
    context: (context: string, roles: number, all: number) =>
      all === 1
        ? `より強力な認証 (${context})`
        : roles === all
          ? `より強力な認証 1 回 (${context}、${all} 個のロールに共通)`
          : `より強力な認証 1 回 (${context}、${all} 個中 ${roles} 個のロール)`,
    ticket: (roles: number, all: number) => (roles === all ? 'チケット' : `チケット (${all} 個中 ${roles} 個のロール)`),
    approval: (roles: number, all: number) =>
      all === 1 ? '承認' : roles === all ? 'それぞれの承認' : `承認 (${all} 個中 ${roles} 個のロール)`,
    unknownPolicy: (roles: number, all: number) =>
      all === 1 ? '読み取れなかったポリシー' : text`読み取れなかったポリシー: ${all} 個中 ${roles} 個`,
    unknownRules: (rules: string) => `Pimento が認識しない規則: ${rules}`,
    submit: 'すべてアクティブ化',
  },

  form: {
    activate: 'アクティブ化',
    request: '要求',
    duration: '期間',
    durationMax: (time: string) => text`最大 ${time}`,
    until: (time: string) => text`${time} まで`,
    onceApproved: '承認後',
    reason: '理由',
    reasonOptional: '理由 (省略可能)',
    reasonPlaceholder: 'ロールが必要な理由',
    recents: '最近の理由',
    ticket: 'チケット番号',
    ticketSystem: 'チケット システム',
    ticketPlaceholder: '例: INC-4711',
    ticketSystemPlaceholder: '例: ServiceNow',
    whole: 'ディレクトリ全体',
    kinds: {
      group: 'グループ',
      azureResource: 'Azure リソース',
    },
    through: 'グループを通じた資格です。',
    details: '詳細',
    detailsLabel: (name: string) => text`${name} の詳細`,
    submitActivate: 'アクティブ化',
    submitRequest: '要求',
    errors: {
      reason: 'ロールのポリシーにより、理由が必要です。',
      ticket: 'ロールのポリシーにより、チケット番号が必要です。',
    },
  },

  next: {
    mfa: 'ブラウザーで MFA を求められます。その後、',
    context: (context: string) => `ブラウザーでより強力な認証 (${context}) を求められます。その後、`,
    active: (time: string, until: string) => text`ロールは ${time}、${until} までアクティブになります。`,
    scheduled: (from: string, time: string, until: string) =>
      text`ロールは ${from} から ${time}、${until} までアクティブになります。`,
    decides: (who: string, days: number | null) =>
      days === null ? text`${who} が判断します` : text`${who} が ${counted(days, '日')}以内に判断します`,
    approval: (decides: string, time: string) =>
      text`${decides}。承認されると、ロールは ${time} アクティブになります。`,
    approvalAfter: (decides: string, time: string) =>
      text`${decides}。承認されると、ロールは ${time} アクティブになります。`,
    approver: '承認者',
    unknownPolicy: 'ロールのポリシーを読み取れませんでした。サービスがほかにも求めることがあります。',
    unknownRules: (rules: string) => `ポリシーには、Pimento が認識しない規則があります: ${rules}。`,
  },

  renew: {
    title: '更新',
    until: (until: string, left: string) => text`${until} までアクティブ、残り ${left}`,
    why: 'PIM は、最初のアクティブ化が続いている間、次のアクティブ化を拒否します。代わりにできること:',
    whyAhead: 'できること:',
    arm: (time: string) => text`${time} に更新`,
    armed: (time: string) => text`${time} に更新します`,
    disarm: '更新をやめる',
    armDetail: (time: string) => `自動的に送信されます: ${time}、同じ理由。`,
    armDetailPlain: '同じ理由で自動的に送信されます。',
    armGap: '中断: 数秒から 1 分、ロールがない状態になります。',
    armNeeds: 'その時刻から 30 分以内に、Pimento が実行中でオンラインである必要があります。',
    notAfter: (time: string) => text`設定により、${time} 以降は何も自動で更新されません。このロールも更新されません。`,
    gap: (seconds: number) => (seconds === 0 ? '中断なし: サービスは事前に受け付けます。' : gapOf(seconds)),
    stepUp: '後で確認が不要になるように、今ブラウザーが開きます。',
    aheadDetail: (time: string) => `直前に送信されます: ${time}、同じ理由。`,
    notEligible: 'できません: このロールの資格がなくなっています。',
    earlyTitle: (time: string) => text`${time} に向けて早めに要求`,
    earlyDetail:
      'アクティブ化のたびに承認が必要なため、自動的には更新できません。今要求すれば、終了までに承認を受けられます。',
    earlyGap: '間に合うように承認されれば、中断はありません。',
    early: '早めに要求',
    notEarly: 'できません: アクティブ化のたびに承認が必要で、サービスは今回のものが続いている間は受け付けません。',
    next: (time: string, where: string) => text`次回、${time} から: ${where}`,
    nextWaits: (who: string) => text`${who} を待っています。`,
    takeBack: '要求を取り消す',
    approvalGap: '中断: 承認されるまで、ロールがない状態になります。',
    proofGap: '中断: ブラウザーで確認するまで、ロールがない状態になります。',
    notArmable: 'ここではできません: ポリシーは毎回、理由以外のものも求めます。',
    restartTitle: '終了して今すぐ再アクティブ化',
    restartDetail: 'このアクティブ化を終了し、すぐに新しいものを送信します。',
    restartGap: (seconds: number) => gapOf(Math.max(1, seconds)),
    restartGapPlain: '中断: 数秒から 1 分、ロールがない状態になります。',
    restartRisk: '新しいものが拒否されると、ロールは終了したままになります。',
    restart: '終了して再アクティブ化',
    confirm: '承認されるまでロールがない状態になることを理解しています。',
    locked: (time: string, left: string) => text`${time} から可能 (あと ${left})。開始の 5 分後です。`,
  },
};
