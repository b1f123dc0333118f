// What is sent to an administrator who has to consent. Pure; read when somebody wants it.

import type { Consent } from '../generated/Consent';
import { m } from './sign-in-messages';

/** Microsoft's public client, which many organisations know. */
const MICROSOFTS = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** Any account's home tenant, as it stands in a link. */
const ANY_TENANT = 'organizations';

/** What a permission is for; nothing where this window does not know it. */
export function about(permission: string): string {
  const words: Readonly<Record<string, string>> = m.permissions;
  return Object.hasOwn(words, permission) ? (words[permission] ?? '') : '';
}

/** What is registered there as Pimento: Microsoft's client, the organisation's, or somebody's own. */
export function application(clientId: string | null, imposed: boolean): string {
  if (clientId === null || clientId === MICROSOFTS) return m.beforeSignIn.microsofts;
  return imposed ? m.beforeSignIn.organisations : m.beforeSignIn.own;
}

/** A kind of roles, and what consenting to it takes. */
export type Asked = [kind: 'directoryRole' | 'group' | 'azureResource', consent: Consent];

/** The whole message: who asks for what, for which tenant, and where to consent to it. */
export function request(all: readonly Asked[]): string {
  const [first] = all;
  if (first === undefined) return '';
  const { clientId, tenant } = subject(first[1].link);
  const name = clientId === MICROSOFTS ? m.request.application(m.beforeSignIn.microsofts) : m.request.ownApplication;
  const opening = [m.request.opening(name, clientId), ...(tenant === ANY_TENANT ? [] : [m.request.tenant(tenant)])];
  return [opening.join('\n'), ...all.map(([kind, consent]) => section(kind, consent))].join('\n\n') + '\n';
}

/** Whom it is about stands in the link: nothing else can disagree with it. */
function subject(link: string): { clientId: string; tenant: string } {
  try {
    const { searchParams, pathname } = new URL(link);
    const [, tenant = ANY_TENANT] = pathname.split('/');
    return { clientId: searchParams.get('client_id') ?? '', tenant };
  } catch {
    return { clientId: '', tenant: ANY_TENANT };
  }
}

const HEADS: Readonly<Record<Asked[0], string>> = {
  directoryRole: m.request.needs,
  group: m.request.groups,
  azureResource: m.request.azure,
};

function section(kind: Asked[0], { permissions, link }: Consent): string {
  const rows = permissions.map((name) => {
    const words = about(name);
    return words === '' ? `- ${name}` : m.request.permission(name, words);
  });
  return [HEADS[kind], ...rows, m.request.link(link)].join('\n');
}
