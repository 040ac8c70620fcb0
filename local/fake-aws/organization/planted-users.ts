/**
 * Users whose credentials break rules on purpose, and which rules those are. The rules are stated here independently of the
 * checks of the functions, so that one can be tested against the other. A check that is not in this
 * list is not planted.
 */
import type { Random } from '../random';
import { type Row, accessKeyCells, passwordCells } from './report-row';

/** IDs of the checks that planted users fail. */
export const plantedRules = [
  'root-access-key',
  'root-mfa',
  'root-key-mfa',
  'root-recent-use',
  'console-mfa',
  'key-at-setup',
  'unused-45-days',
  'two-active-keys',
  'key-rotation-90-days',
] as const;
export type PlantedRule = (typeof plantedRules)[number];

/** The time of so many days ago, as reports write it. */
export type DaysAgo = (days: number) => string;
type Credentials = (random: Random, ago: DaysAgo) => Row;

export interface PlantedUser {
  breaks: readonly PlantedRule[];
  credentials: Credentials;
}

/** Ages in days that pass a check and ages that fail it, up to the threshold. */
const inUse = (random: Random) => random.between(0, 44);
const idle = (random: Random) => random.between(45, 800);
const young = (random: Random) => random.between(45, 90);
const old = (random: Random) => random.between(91, 900);

const signsIn: Credentials = (random, ago) => passwordCells(ago(inUse(random)), ago(young(random)), true);
const youngKey: Credentials = (random, ago) =>
  accessKeyCells(1, true, ago(young(random)), ago(inUse(random)));

/** One of these is chosen for each user. */
export const plantedUsers: readonly [PlantedUser, ...PlantedUser[]] = [
  { breaks: [], credentials: () => ({}) },
  { breaks: [], credentials: signsIn },
  { breaks: [], credentials: youngKey },
  { breaks: [], credentials: (random, ago) => ({ ...signsIn(random, ago), ...youngKey(random, ago) }) },
  // An inactive key keeps its dates.
  { breaks: [], credentials: (random, ago) => accessKeyCells(2, false, ago(old(random)), ago(idle(random))) },
  { breaks: [], credentials: (random, ago) => passwordCells('no_information', ago(inUse(random)), true) },
  {
    breaks: ['console-mfa'],
    credentials: (random, ago) => passwordCells(ago(inUse(random)), ago(young(random)), false),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => passwordCells(ago(idle(random)), ago(old(random)), true),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => passwordCells('no_information', ago(idle(random)), true),
  },
  {
    breaks: ['unused-45-days'],
    credentials: (random, ago) => accessKeyCells(1, true, ago(young(random)), 'N/A'),
  },
  {
    breaks: ['key-at-setup'],
    credentials: (random, ago) => ({
      ...signsIn(random, ago),
      ...accessKeyCells(1, true, ago(inUse(random)), 'N/A'),
    }),
  },
  {
    breaks: ['key-at-setup', 'unused-45-days', 'key-rotation-90-days'],
    credentials: (random, ago) => ({
      ...signsIn(random, ago),
      ...accessKeyCells(2, true, ago(old(random)), 'N/A'),
    }),
  },
  {
    breaks: ['two-active-keys'],
    credentials: (random, ago) => ({
      ...youngKey(random, ago),
      ...accessKeyCells(2, true, ago(young(random)), ago(inUse(random))),
    }),
  },
  {
    breaks: ['key-rotation-90-days'],
    credentials: (random, ago) => accessKeyCells(1, true, ago(old(random)), ago(inUse(random))),
  },
  {
    breaks: ['console-mfa', 'key-at-setup', 'unused-45-days', 'two-active-keys', 'key-rotation-90-days'],
    credentials: (random, ago) => ({
      ...passwordCells(ago(idle(random)), ago(old(random)), false),
      ...accessKeyCells(1, true, ago(old(random)), 'N/A'),
      ...accessKeyCells(2, true, ago(old(random)), ago(idle(random))),
    }),
  },
];

const rootPassword = (lastUsed: string, ago: DaysAgo, mfa: boolean) =>
  passwordCells(lastUsed, ago(1000), mfa);
const unusedRoot = (random: Random, ago: DaysAgo) => ago(random.between(30, 900));

export const plantedRootUsers: typeof plantedUsers = [
  // Member accounts are created without credentials for the root user.
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
  {
    breaks: ['root-access-key', 'root-key-mfa'],
    credentials: (_, ago) => accessKeyCells(1, true, ago(1000), 'N/A'),
  },
  {
    breaks: ['root-access-key', 'root-mfa', 'root-recent-use'],
    credentials: (random, ago) => ({
      ...rootPassword('no_information', ago, false),
      ...accessKeyCells(2, true, ago(400), ago(random.between(0, 29))),
    }),
  },
];
