/** Judges the credentials of a row one by one, so that each has its own finding. */
import { type CredentialPlace, nameOf } from '../credential-report/credential';
import { type CredentialRow, UnreadableCell } from '../credential-report/credential-row';
import {
  type CheckContext,
  type MachineThresholds,
  type Verdict,
  type Verdicts,
  fail,
  notApplicable,
  pass,
  unknown,
} from './check';

/** The verdicts about each credential; `unknown` for one of which a cell cannot be read. */
export const each = <Place extends CredentialPlace>(
  row: CredentialRow,
  places: readonly Place[],
  judge: (place: Place, name: string) => readonly Verdict[],
): Verdict[] =>
  places.flatMap((place) =>
    readable(() => judge(place, nameOf(place))).map((verdict) => ({
      ...verdict,
      credential: row.credential(place),
    })),
  );

/**
 * One verdict for each credential that is active, or that may be.
 * @param none - why the check does not apply to a row without any
 * @param judge - gets the credential's place, and its name for the reason
 */
export function eachActive<Place extends CredentialPlace>(
  row: CredentialRow,
  places: readonly Place[],
  none: string,
  judge: (place: Place, name: string) => Verdicts,
): Verdicts {
  const [first, ...others] = each(row, places, (place, name) =>
    row.isActive(place) ? judge(place, name) : [],
  );
  return first ? [first, ...others] : notApplicable(none);
}

/** Fails each credential that is active; passes a row without any. */
export function noneActive(row: CredentialRow, places: readonly CredentialPlace[], none: string): Verdicts {
  const verdicts = eachActive(row, places, none, (_, name) => fail(`${name} active`));
  return verdicts[0].result === 'not-applicable' ? pass(none) : verdicts;
}

/**
 * Whether one of the credentials is active. A cell that cannot be read matters only if no other credential is.
 * @throws UnreadableCell
 */
export function isAnyActive(row: CredentialRow, places: readonly CredentialPlace[]): boolean {
  return (
    places.some((place) => known(() => row.isActive(place))) || places.some((place) => row.isActive(place))
  );
}

/** What is decided, or undefined because a cell cannot be read. */
export function known<Decided>(decide: () => Decided): Decided | undefined {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return undefined;
  }
}

/** What is decided, or `unknown` because a cell cannot be read. */
export function readable<Decided extends readonly Verdict[]>(decide: () => Decided): Decided | Verdicts {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return unknown(`cannot be evaluated: ${error.message}`);
  }
}

/**
 * Whether a rule is broken at the threshold for the user: that of machines if it has no console password. Without a
 * password that can be read, it is if both thresholds say so.
 */
export function isBrokenFor(
  row: CredentialRow,
  { thresholds, machines }: Pick<CheckContext, 'thresholds' | 'machines'>,
  name: keyof MachineThresholds,
  isBroken: (days: number) => boolean,
): boolean {
  const forPeople = isBroken(thresholds[name]);
  const days = machines[name];
  if (days === undefined) return forPeople;
  const forMachines = isBroken(days);
  return (forPeople && forMachines) || (row.flag('password_enabled') ? forPeople : forMachines);
}
