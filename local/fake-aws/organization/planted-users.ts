/**
 * Users whose credentials break rules on purpose, and say which. What breaks what is written down here, apart
 * from the checks of the functions, so that one can be held against the other.
 */
import type { Random } from '../random';
import type { Row } from './credential-report';

/** Ids of the checks that are broken. */
export type Rule =
  | 'root-access-key'
  | 'root-mfa'
  | 'root-recent-use'
  | 'console-mfa'
  | 'key-at-setup'
  | 'unused-45-days'
  | 'two-active-keys'
  | 'key-rotation-90-days';

export const RULES: readonly Rule[] = [
  'root-access-key',
  'root-mfa',
  'root-recent-use',
  'console-mfa',
  'key-at-setup',
  'unused-45-days',
  'two-active-keys',
  'key-rotation-90-days',
];

/** How long ago something happened, days. */
export type Ago = (days: number) => string;
type Credentials = (random: Random, ago: Ago) => Row;

interface Kind {
  breaks: readonly Rule[];
  credentials: Credentials;
}

const password = (used: string, changed: string, mfa: boolean): Row => ({
  password_enabled: 'true',
  password_last_used: used,
  password_last_changed: changed,
  mfa_active: String(mfa),
});

export const key = (slot: 1 | 2, active: boolean, made: string, used: string): Row => ({
  [`access_key_${slot}_active`]: String(active),
  [`access_key_${slot}_last_rotated`]: made,
  [`access_key_${slot}_last_used_date`]: used,
  [`access_key_${slot}_last_used_region`]: used === 'N/A' ? 'N/A' : 'us-east-1',
  [`access_key_${slot}_last_used_service`]: used === 'N/A' ? 'N/A' : 's3',
});

/** Days that keep a rule and days that break it, the boundary included. */
const inUse = (random: Random) => random.between(0, 44);
const idle = (random: Random) => random.between(45, 800);
const young = (random: Random) => random.between(45, 90);
const old = (random: Random) => random.between(91, 900);

const signsIn: Credentials = (random, ago) => password(ago(inUse(random)), ago(young(random)), true);
const youngKey: Credentials = (random, ago) => key(1, true, ago(young(random)), ago(inUse(random)));

/** In the proportions of no particular organization: most users are fine. */
export const userKinds: readonly [Kind, ...Kind[]] = [
  { breaks: [], credentials: () => ({}) },
  { breaks: [], credentials: signsIn },
  { breaks: [], credentials: youngKey },
  { breaks: [], credentials: (random, ago) => ({ ...signsIn(random, ago), ...youngKey(random, ago) }) },
  // An inactive key keeps its dates.
  { breaks: [], credentials: (random, ago) => key(2, false, ago(old(random)), ago(idle(random))) },
  { breaks: [], credentials: (random, ago) => password('no_information', ago(inUse(random)), true) },
  {
    breaks: ['console-mfa'],
    credentials: (random, ago) => password(ago(inUse(random)), ago(young(random)), false),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => password(ago(idle(random)), ago(old(random)), true),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => password('no_information', ago(idle(random)), true),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => key(1, true, ago(young(random)), 'N/A'),
  },
  {
    breaks: ['key-at-setup'],
    credentials: (random, ago) => ({ ...signsIn(random, ago), ...key(1, true, ago(inUse(random)), 'N/A') }),
  },
  {
    breaks: ['key-at-setup', 'unused-45-days', 'key-rotation-90-days'],
    credentials: (random, ago) => ({ ...signsIn(random, ago), ...key(2, true, ago(old(random)), 'N/A') }),
  },
  {
    breaks: ['two-active-keys'],
    credentials: (random, ago) => ({
      ...youngKey(random, ago),
      ...key(2, true, ago(young(random)), ago(inUse(random))),
    }),
  },
  {
    breaks: ['key-rotation-90-days'],
    credentials: (random, ago) => key(1, true, ago(old(random)), ago(inUse(random))),
  },
  {
    breaks: ['console-mfa', 'key-at-setup', 'unused-45-days', 'two-active-keys', 'key-rotation-90-days'],
    credentials: (random, ago) => ({
      ...password(ago(idle(random)), ago(old(random)), false),
      ...key(1, true, ago(old(random)), 'N/A'),
      ...key(2, true, ago(old(random)), ago(idle(random))),
    }),
  },
];

const rootPassword = (used: string, ago: Ago, mfa: boolean) => password(used, ago(1000), mfa);
const unusedRoot = (random: Random, ago: Ago) => ago(random.between(30, 900));

export const rootKinds: readonly [Kind, ...Kind[]] = [
  // Member accounts are made without credentials for root.
  { breaks: [], credentials: () => ({}) },
  { breaks: [], credentials: () => ({}) },
  { breaks: [], credentials: (random, ago) => rootPassword(unusedRoot(random, ago), ago, true) },
  { breaks: [], credentials: (_, ago) => rootPassword('no_information', ago, true) },
  {
    breaks: ['root-mfa'],
    credentials: (random, ago) => rootPassword(unusedRoot(random, ago), ago, false),
  },
  {
    breaks: ['root-recent-use'],
    credentials: (random, ago) => rootPassword(ago(random.between(0, 29)), ago, true),
  },
  { breaks: ['root-access-key'], credentials: (_, ago) => key(1, true, ago(1000), 'N/A') },
  {
    breaks: ['root-access-key', 'root-mfa', 'root-recent-use'],
    credentials: (random, ago) => ({
      ...rootPassword('no_information', ago, false),
      ...key(2, true, ago(400), ago(random.between(0, 29))),
    }),
  },
];
