// サインインの前に伝えること。

import type { SignInMessages } from '../shape';

export const jaSignIn: SignInMessages = {
  beforeSignIn: {
    title: 'サインインの前に',
    signIn: 'ブラウザーで続行',
    deviceCode: 'コードを使う',
    application: 'アプリケーション',
    microsofts: 'Microsoft Graph Command Line Tools',
    own: 'ご自分の登録',
    organisations: '組織の登録',
    home: 'アカウントのホーム テナント',
    secret: {
      windows: 'Windows の資格情報マネージャーです。Pimento がパスワードを見ることはありません。',
      mac: 'macOS のキーチェーンです。Pimento がパスワードを見ることはありません。',
      other: 'デスクトップのキーリングです。Pimento がパスワードを見ることはありません。',
    },
    now: 'すぐに要求するもの',
    groups: 'グループを表示するとき',
    azure: 'Azure リソースを表示するとき',
    later: 'その他の機能を使うとき',
    admin: '管理者の許可が必要ですか',
    adminDetail:
      'このメッセージを管理者に送ってください。リンクから、これらのアクセス許可を示す Microsoft のページが開きます。',
  },

  permissions: {
    'User.Read': 'あなたの名前と組織の名前',
    'RoleEligibilitySchedule.Read.Directory': 'アクティブ化できるロール',
    'RoleAssignmentSchedule.ReadWrite.Directory': 'アクティブなもの、ご自分のロールのアクティブ化と終了',
    'RoleManagementPolicy.Read.Directory': '各ロールが求めるもの',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup': '参加できるグループ',
    'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': 'グループへの参加と退出',
    'RoleManagementPolicy.Read.AzureADGroup': '各グループが求めるもの',
    user_impersonation: 'Azure でのロール (これより狭いアクセス許可はありません)',
    'AuditLog.Read.All': '監査履歴',
    'RoleManagement.Read.Directory': 'どのロールで何ができるか',
    'RoleEligibilitySchedule.ReadWrite.Directory': 'ロールの資格を与えること、終了の延長を求めること',
    'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': 'グループについて同じこと',
    'RoleManagementPolicy.ReadWrite.Directory': 'ロールが求めるものの変更',
    'RoleManagementPolicy.ReadWrite.AzureADGroup': 'グループが求めるものの変更',
    'AccessReview.Read.All': 'アクセス レビューの読み取り',
    'AccessReview.ReadWrite.All': 'アクセス レビューでの判断',
    'RoleManagementAlert.Read.Directory': 'PIM のアラートの読み取り',
    'RoleManagementAlert.ReadWrite.Directory': 'アラートを閉じること',
    'User.ReadBasic.All': '名前によるユーザーの検索',
    'GroupMember.Read.All': 'グループとそのメンバーの検索',
    'Application.Read.All': 'アプリケーションの検索',
    'AdministrativeUnit.Read.All': '管理単位の検索',
  },

  request: {
    opening: (application, clientId) =>
      `資格のある Microsoft Entra ロールをアクティブ化する Pimento を使いたいと考えています。Pimento は${application} (クライアント ID ${clientId}) としてサインインし、私の代わりとしてのみ動作します。`,
    ownApplication: '自組織のアプリ登録',
    application: (name: string) => `アプリケーション「${name}」`,
    tenant: (tenant) => `テナント: ${tenant}`,
    needs: '次の委任されたアクセス許可が必要です。',
    groups: 'グループもアクティブ化させる場合のみ:',
    azure: 'Azure リソースもアクティブ化させる場合のみ:',
    permission: (name, about) => `- ${name}: ${about}`,
    link: (link) => `全員分の同意はこちら: ${link}`,
  },

  register: {
    steps: [
      'Microsoft Entra 管理センターで「アプリの登録」を開き、「新規登録」を選びます。',
      'プラットフォームには「モバイル アプリケーションとデスクトップ アプリケーション」、リダイレクト URI には http://localhost を選びます。',
      '「認証」で「パブリック クライアント フローを許可する」を「はい」にします。',
      'そのクライアント ID とテナント ID をここに入力します。',
    ],
    command: 'Azure CLI なら 1 つのコマンドで登録でき、クライアント ID が表示されます。',
    copy: 'コマンドをコピー',
  },
};
