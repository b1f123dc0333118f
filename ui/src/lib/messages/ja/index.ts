// Every text that the window shows, in Japanese. Plain, polite; アクティブ化, 資格, 更新 as in Microsoft's PIM.

import type { Messages } from '../shape';
import { and, counted, or, text } from './count';
import { forms } from './forms';
import { pages } from './pages';
import { reasons } from './reasons';
import { settings } from './settings';
import { timeline } from './timeline';
import { updates } from './updates';

const others = (all: readonly string[], count: number) => text`${all.join('、')} ほか ${counted(count, '名')}`;

export const ja: Messages = {
  ...forms,
  ...pages,
  ...reasons,
  ...settings,
  ...timeline,
  ...updates,

  locale: 'ja-JP',
  direction: 'ltr',
  appName: 'Pimento',
  lost: 'Pimento のバックグラウンド プロセスが応答しません。Pimento を終了して再び起動してください。',

  time: {
    minutes: (minutes: number) => `${minutes}\u00A0分`,
    hours: (hours: number) => `${hours}\u00A0時間`,
    hoursMinutes: (hours: number, minutes: number) =>
      `${hours}\u00A0時間\u00A0${String(minutes).padStart(2, '0')}\u00A0分`,
    seconds: (seconds: number) => `${seconds}\u00A0秒`,
    ended: '終了',
    underAMinute: '1 分未満',
    spoken: (hours: number, minutes: number) =>
      [hours > 0 ? counted(hours, '時間') : '', minutes > 0 ? counted(minutes, '分') : ''].filter(Boolean).join(' '),
    tomorrow: (time: string) => text`明日 ${time}`,
    yesterday: (time: string) => text`昨日 ${time}`,
    onWeekday: (day: string, time: string) => text`${day}曜日 ${time}`,
    today: '今日',
    tomorrowPlain: '明日',
    yesterdayPlain: '昨日',
    onDate: (date: string, time: string) => `${date} ${time}`,
  },

  common: {
    back: '戻る',
    cancel: 'キャンセル',
    dismiss: '閉じる',
    copy: 'コピー',
    copied: 'コピーしました',
    details: '詳細',
    save: '保存',
    comma: '、',
    stop: '。',
  },

  header: {
    menu: 'メニュー',
    demo: 'デモ',
    account: (name: string, tenant: string) => text`${name}、${tenant} としてサインイン済み。アカウント`,
  },

  menu: {
    refresh: '最新の情報に更新',
    accounts: 'アカウント',
    bundles: 'バンドル',
    history: '履歴',
    sources: 'ロールの取得元',
    showAzure: 'Azure リソースを表示…',
    settings: '設定',
    shortcuts: 'キーボード ショートカット',
    about: 'Pimento について',
    signOut: 'サインアウト',
    remembered: 'サインイン情報はシステムのキーリングに保存',
    notRemembered: 'サインイン情報は終了するまでメモリに保持',
  },

  active: {
    heading: 'アクティブ',
    headingRequested: '要求済み',
    headingBoth: 'アクティブと要求済み',
    until: (time: string) => text`${time} まで`,
    standing: '永続的',
    standingUntil: (time: string) => text`${time} まで割り当て`,
    throughGroup: 'グループ経由',
    throughGroupUntil: (time: string) => text`グループ経由、${time} まで`,
    leftLabel: (left: string) => text`残り ${left}`,
    renew: (name: string) => text`${name} を更新`,
    renewTitle: '更新',
    armedAt: (time: string) => text`${time} に`,
    armedLabel: (name: string, time: string) => text`${name} は ${time} に更新されます。変更`,
    armedTitle: (time: string) => text`${time} に自動的に更新されます`,
    notAfter: (time: string) => text`${time} 以降は更新なし`,
    notAfterLabel: (name: string, time: string) =>
      text`${name}、${time} 以降は更新なし: その後は自動で更新しません。変更`,
    deactivate: (name: string) => text`${name} を非アクティブ化`,
    deactivateTitle: '非アクティブ化',
    lockedLabel: (name: string, time: string, left: string) =>
      text`${name} を非アクティブ化: ${time} から可能、あと ${left}`,
    lockedTitle: (time: string) => text`PIM でロールを終了できるのは、早くても開始の 5 分後です: ${time} から`,
    cancelRequest: 'キャンセル',
    cancelRequestLabel: (name: string) => text`${name} の要求をキャンセル`,
    more: (name: string) => `${name}: 詳細`,
    notWorking: 'まだ使えませんか?',
    notWorkingLabel: (name: string) => text`${name} がまだ使えない場合の対処`,
    extend: '延長…',
    extendLabel: (name: string) => `延長… ${name}`,
  },

  state: {
    requesting: '要求中…',
    requestingDetail: '要求を送信しました。応答はまだありません。',
    steppingUp: 'ブラウザーで確認',
    steppingUpDetail: 'より強力な認証が必要です。ブラウザーで待機しています。',
    checking: '確認中…',
    checkingDetail: '応答が失われたため照会しています。二重に送信されることはありません。',
    waitingForApproval: '承認待ち',
    waitingFor: (names: string) => `承認者: ${names}。`,
    waitingForSomebody: '承認者を待っています。',
    lapses: (time: string) => text`${time} に失効します。`,
    provisioning: '準備中…',
    provisioningDetail: '受け付けられました。ロールを割り当てています。',
    scheduled: '予約済み',
    scheduledFor: (time: string) => text`${time} に開始します。`,
    scheduledForLong: (time: string, length: string) => text`${time} から ${length}`,
    scheduledDetail: '後で開始します。',
    deactivating: '終了中…',
    deactivatingDetail: 'ロールを解除しています。',
    failed: '失敗',
    denied: '拒否',
    cancelled: '取り消し',
  },

  names: {
    and: (first: string, last: string) => or([first, last]),
    both: (all: readonly string[]) => and(all),
    any: (all: readonly string[], count: number) => (count > 0 ? others(all, count) : or(all)),
    andMore: (first: string, count: number) => others([first], count),
  },

  filter: {
    label: 'ロールを検索',
    placeholder: 'ロールを検索',
    clear: 'フィルターをクリア',
    found: (count: number) => (count === 0 ? '一致するロールはありません' : counted(count, '個のロール')),
  },

  eligible: {
    label: 'アクティブ化できるロール',
    favourite: (name: string) => `お気に入り: ${name}`,
    favouriteTitle: 'お気に入りに追加',
    unfavouriteTitle: 'お気に入りから削除',
    activate: 'アクティブ化',
    activateForm: 'アクティブ化…',
    request: '要求',
    requestForm: '要求…',
    renewForm: '再要求…',
    renewAsked: '要求済み',
    activeNow: 'アクティブ',
    onItsWay: '保留中',
    sendsSoon: '送信中…',
    oneClick: (time: string, reason: string) =>
      reason === '' ? text`${time} アクティブ化します` : text`${time} アクティブ化します、理由「${reason}」`,
    oneClickHint: 'Shift キーを押しながらクリックするとフォームが開きます',
    opensForm: 'フォームを開きます',
    opensRenewal: '資格は終了しました。管理者に更新を依頼できます',
    givesLabel: (name: string) => `${name}: 付与されるもの`,
    verbLabel: (verb: string, name: string) => `${verb} ${name}`,
    words: {
      kinds: { group: 'グループ', azureResource: 'Azure' },
      reason: '理由',
      mfa: 'MFA',
      stepUp: '追加認証',
      ticket: 'チケット',
      approval: '承認',
      max: (time: string) => text`最大 ${time}`,
      unknown: 'ポリシー不明',
      group: 'グループ経由',
      gives: '付与内容',
      default: (time: string) => text`既定は ${time}`,
      rules: 'Pimento が認識しない規則があります',
      detailsGive: '付与されるものは詳細に表示されます',
      until: (day: string) => text`${day} に終了`,
      ended: (day: string) => text`${day} に終了済み`,
    },
  },

  selection: {
    label: '選択',
    count: (count: number) => `${counted(count, '個')}を選択`,
    clear: '選択を解除',
    activate: 'アクティブ化…',
    bundle: 'バンドル…',
    saveBundle: 'バンドルとして保存',
    select: (name: string) => text`${name} を選択`,
  },

  undo: {
    text: (name: string, time: string) => text`${name} を ${time} アクティブ化します`,
    reason: (reason: string) => `「${reason}」`,
    button: '元に戻す',
  },

  empty: {
    none: '資格のあるロールはありません',
    allActive: 'アクティブ化できるものは残っていません',
    allActiveDetail: '資格のあるロールは、すべてアクティブまたは処理中です。',
    noneDetail:
      'このアカウントには、アクティブ化できるロールがありません。ロールは Microsoft Entra PIM で割り当てられます。',
    noMatch: (typed: string) => `「${typed}」に一致するロールはありません`,
    noMatchDetail: 'フィルターは、ロール名とスコープを検索します。',
    clear: 'フィルターをクリア',
  },

  footer: {
    asOf: (time: string) => text`${time} 時点`,
    loading: '最新の情報に更新しています…',
    loadingFirst: 'ロールを読み込んでいます…',
    offline: 'オフライン',
    offlineAsOf: (time: string) => text`オフライン · ${time} 時点`,
    failedAsOf: (time: string) => text`${time} 以降、更新されていません`,
    failed: '一覧を読み取れませんでした',
    paused: (time: string) => text`${time} に再読み込み: サービスが間隔を求めています`,
    refresh: '最新の情報に更新',
  },

  problem: {
    code: 'コード',
    correlationId: '関連付け ID',
    detail: 'サービスからの説明',
    signIn: '再びサインイン',
    edit: '編集して再試行',
    retry: '再試行',
    retryIn: (left: string) => `${left}後に再試行`,
    refresh: '最新の情報に更新',
    askAdmin: '管理者への依頼をコピー',
    copyDetails: '詳細をコピー',
    dismiss: (name: string) => text`${name} の問題を閉じる`,
  },

  notice: {
    info: '情報',
    warning: '警告',
    dismiss: 'この通知を閉じる',
  },

  loading: {
    session: '起動しています',
  },

  announce: {
    left: (name: string, left: string) => text`${name}: 残り ${left}`,
    ended: (name: string) => text`${name} は終了しました`,
    active: (name: string, until: string) => text`${name} は ${until} までアクティブです`,
    activePlain: (name: string) => text`${name} はアクティブです`,
    waiting: (name: string) => text`${name} は承認待ちです`,
    scheduled: (name: string, start: string) => text`${name} は ${start} から予約されています`,
    stepUp: (name: string) => `${name}: ブラウザーで確認します`,
    failed: (name: string, message: string) => `${name}: ${message}`,
    undoable: (name: string, length: string) =>
      text`${name} を ${length} アクティブ化しています。5 秒間、元に戻せます。`,
  },
};
