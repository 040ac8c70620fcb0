/** Which accounts exemptions are about. A scope is a text that an exemption and the accounts it covers have in common. */
import type { Exemption } from '../shared/events';
import type { LedgerAccount } from '../shared/run-files';

/** What an exemption says of its accounts. */
export const scopeKinds = ['account', 'owner', 'accountTag', 'ou'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** What decides which exemptions apply to an account. */
export type ExemptedAccount = Pick<LedgerAccount, 'id' | 'path' | 'owner' | 'tags'>;

export const EVERY_ACCOUNT = '*';

type Scoped = Pick<Exemption, ScopeKind>;

/** The first of the fields that an exemption has; it has only one. */
export const scopeKindOf = (exemption: Scoped): ScopeKind =>
  scopeKinds.find((kind) => exemption[kind] !== undefined) ?? 'account';

export function scopeOf({ account = '', owner, accountTag, ou }: Scoped): string {
  if (owner !== undefined) return ownedBy(owner);
  if (accountTag) return tagged(accountTag.key, accountTag.value);
  return ou === undefined ? account : ou.replace(/\/$/, '');
}

/** The scopes that an account is in, the narrowest first. What is not known of an account gives it no scope. */
export function scopesOf({ id, path = '', owner, tags = {} }: ExemptedAccount): string[] {
  const units = path.split('/').filter((part) => part !== '' && part !== id);
  const ous = units.slice(1).flatMap((unit, index) => [units.slice(0, index + 2).join('/'), unit]);
  return [
    id,
    ...(owner ? [ownedBy(owner.name)] : []),
    ...Object.entries(tags).map(([key, value]) => tagged(key, value)),
    ...ous.reverse(),
    EVERY_ACCOUNT,
  ];
}

/** Whether it is known if an account is in the scopes of a kind. */
export const isKnown: Readonly<Record<ScopeKind, (account: ExemptedAccount) => boolean>> = {
  account: () => true,
  owner: ({ owner }) => owner !== undefined,
  accountTag: ({ tags }) => tags !== undefined,
  ou: ({ path }) => path !== undefined,
};

/** How an exemption's accounts are shown to people. */
export function scopeText({ account = '', owner, accountTag, ou }: Scoped): string {
  if (owner !== undefined) return `owner ${owner}`;
  if (accountTag) return `tag ${accountTag.key}=${accountTag.value}`;
  if (ou !== undefined) return `below ${ou}`;
  return account === EVERY_ACCOUNT ? 'every account' : account;
}

/** Neither is an account, a unit or a path: those have no spaces. */
const ownedBy = (name: string) => `owner ${name}`;
const tagged = (key: string, value: string) => `tag ${JSON.stringify([key, value])}`;
