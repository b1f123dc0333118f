// Every text of the Manage window: those that it shares with the flyout, and its own, in the same language.

import { m as shared, spoken } from '../lib/messages';
import { enManage } from '../lib/messages/en/manage-window';
import type { ManageMessages } from '../lib/messages/shape';

const OTHERS: Record<string, () => Promise<ManageMessages>> = {
  ar: () => import('../lib/messages/ar/manage-window').then(({ arManage }) => arManage),
  de: () => import('../lib/messages/de/manage-window').then(({ deManage }) => deManage),
  es: () => import('../lib/messages/es/manage-window').then(({ esManage }) => esManage),
  fr: () => import('../lib/messages/fr/manage-window').then(({ frManage }) => frManage),
  ja: () => import('../lib/messages/ja/manage-window').then(({ jaManage }) => jaManage),
  // For tests, and in no list.
  pseudo: () => import('../lib/messages/pseudo').then(({ pseudo }) => pseudo(enManage)),
};

const own: ManageMessages = (await OTHERS[spoken]?.()) ?? enManage;

export const m = { ...shared, ...own };
