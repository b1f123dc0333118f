// Pimento の新しいバージョンについてのテキスト (日本語)。

import { text } from './count';

export const updates = {
  updates: {
    heading: '新しいバージョン',
    never: 'このビルドは新しいバージョンを探しません。',
    off: '新しいバージョンを探していません。',
    change: '設定で変更',
    notYet: 'まだ探していません。',
    upToDate: (time: string) => text`最新です (最終確認: ${time})`,
    looking: '探しています…',
    look: '今すぐ探す',
    offered: (version: string) => text`Pimento ${version} が公開されました`,
    notes: '新機能',
    download: (size: number) => text`ダウンロード (${size} MB)`,
    downloading: (percent: number) => text`ダウンロード中 ${percent} %`,
    install: 'インストール',
    installHint: 'Pimento の作成者が署名したものです。変更の前にシステムが確認します。',
    absent: 'このシステム用のパッケージがありません。',
    open: '手順を表示',

    wanted: '新しいバージョンを探す',
    wantedHint: '1 日に 1 回。クリックしない限り何もインストールされません。',
    defer: '案内するまでの日数',
    deferUnit: '日',
    deferError: '0 日から 90 日までです。',
  },
};
