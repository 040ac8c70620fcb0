/**
 * Single credentials in a state that breaks rules or does not: for each, when it was created and last used, and which rules
 * that breaks at the thresholds of the benchmarks. Independent of the checks of the functions.
 */
import type { Random } from '../random';
import { type Row, accessKeyCells, certificateCells, passwordCells } from './report-row';

/** IDs of the checks that planted users, or the organization, fail. A check that is not in this list is not planted. */
export const plantedRules = [
  'active-certificate',
  'additional-credentials',
  'central-root-access',
  'console-and-keys',
  'console-mfa',
  'iam-user',
  'key-at-setup',
  'key-rotation-90-days',
  'never-used',
  'no-credentials',
  'old-certificate',
  'password-age',
  'root-access-key',
  'root-certificate',
  'root-key-mfa',
  'root-mfa',
  'root-mfa-without-credentials',
  'root-recent-use',
  'two-active-keys',
  'unused-45-days',
  'unused-90-days',
  'user-mfa',
] as const;
export type PlantedRule = (typeof plantedRules)[number];

/** The time of so many days ago, as reports write it. */
export type DaysAgo = (days: number) => string;

export interface PlantedCredential {
  readonly breaks: readonly PlantedRule[];
  /** The cells that differ from those of a user without credentials. */
  readonly credentials: (random: Random, ago: DaysAgo) => Row;
}

/** From and to how many days ago something happened. */
type Ages = readonly [from: number, to: number];
interface State {
  readonly created: Ages;
  /** Absent if it was never used. */
  readonly used?: Ages;
  readonly breaks: readonly PlantedRule[];
}

/** Rules about the use of a credential. Its age is another rule for passwords than for keys. */
const states = {
  /** Used in the last 44 days, and at most 90 days old. */
  used: { created: [45, 90], used: [0, 44], breaks: [] },
  /** A report may not show its use yet. */
  fresh: { created: [0, 0], breaks: [] },
  new: { created: [1, 29], breaks: [] },
  waiting: { created: [30, 44], breaks: ['never-used'] },
  idle: { created: [89, 90], used: [45, 89], breaks: ['unused-45-days'] },
} satisfies Record<string, State>;

/** The same for credentials that are more than 90 days old. */
const oldStates = {
  old: { created: [91, 900], used: [0, 44], breaks: [] },
  abandoned: { created: [801, 900], used: [90, 800], breaks: ['unused-45-days', 'unused-90-days'] },
  forgotten: { created: [91, 900], breaks: ['never-used', 'unused-45-days', 'unused-90-days'] },
} satisfies Record<string, State>;

type StateName = keyof typeof states | keyof typeof oldStates;
type Cells = (created: string, lastUsed: string | undefined) => Row;

/** A credential in every state. */
function inEveryState(cells: Cells, tooOld: PlantedRule): Record<StateName, PlantedCredential> {
  const one = ({ created, used, breaks }: State): PlantedCredential => ({
    breaks,
    credentials: (random, ago) =>
      cells(ago(random.between(...created)), used && ago(random.between(...used))),
  });
  const old = (state: State) => one({ ...state, breaks: [...state.breaks, tooOld] });
  const { used, fresh, new: isNew, waiting, idle } = states;
  return {
    used: one(used),
    fresh: one(fresh),
    new: one(isNew),
    waiting: one(waiting),
    idle: one(idle),
    old: old(oldStates.old),
    abandoned: old(oldStates.abandoned),
    forgotten: old(oldStates.forgotten),
  };
}

const withCells = (breaks: readonly PlantedRule[], cells: PlantedCredential['credentials']) => ({
  breaks,
  credentials: cells,
});

export const planted = {
  /** A password with MFA. */
  password: inEveryState(
    (created, lastUsed = 'no_information') => passwordCells(lastUsed, created, true),
    'password-age',
  ),
  key: (slot: 1 | 2) => ({
    ...inEveryState(
      (created, lastUsed = 'N/A') => accessKeyCells(slot, true, created, lastUsed),
      'key-rotation-90-days',
    ),
    inactive: withCells([], (_, ago) => accessKeyCells(slot, false, ago(900), ago(800))),
  }),
  certificate: (slot: 1 | 2) => ({
    young: withCells(['active-certificate'], (random, ago) =>
      certificateCells(slot, true, ago(random.between(0, 90))),
    ),
    old: withCells(['active-certificate', 'old-certificate'], (random, ago) =>
      certificateCells(slot, true, ago(random.between(91, 900))),
    ),
    inactive: withCells([], (_, ago) => certificateCells(slot, false, ago(900))),
  }),
  withoutMfa: withCells([], () => ({ mfa_active: 'false' })),
  /** In a column that reports have only where a user has such credentials. */
  furtherKeys: withCells(['additional-credentials'], () => ({
    additional_credentials_info: '1 additional access key: ListAccessKeys',
  })),
};
