import type { Exemption } from '../shared/events';

/** An exemption with what became of it in this run. */
export interface AppliedExemption extends Exemption {
  /** Its last day is over, so that what it exempted fails again. */
  expired: boolean;
  /** Findings that it exempted. */
  findings: number;
}

type Matcher = AppliedExemption & { matches: (user: string) => boolean };

/** The exemptions of an environment on the day of the run. */
export class Exemptions {
  readonly all: readonly Matcher[];
  private readonly byPlace = new Map<string, Matcher[]>();

  constructor(exemptions: readonly Exemption[], date: string) {
    this.all = exemptions.map((exemption) => ({
      ...exemption,
      // The day itself is still exempt; dates of this form sort as they follow each other.
      expired: exemption.expires < date,
      findings: 0,
      matches: matcher(exemption.user),
    }));
    for (const exemption of this.all.filter(({ expired }) => !expired)) {
      const place = placeOf(exemption.check, exemption.account);
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), exemption]);
    }
  }

  /** The exemption that covers a finding, and counts it there. */
  covering(check: string, account: string, user: string): Exemption | undefined {
    if (this.byPlace.size === 0) return undefined;
    const found = [placeOf(check, account), placeOf(check, '*')]
      .flatMap((place) => this.byPlace.get(place) ?? [])
      .find(({ matches }) => matches(user));
    if (found) found.findings++;
    return found;
  }
}

const placeOf = (check: string, account: string) => `${check} ${account}`;

/** `*` stands for any characters and `?` for one; neither can be in the name of a user. */
function matcher(pattern: string): (user: string) => boolean {
  if (!/[*?]/.test(pattern)) return (user) => user === pattern;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const whole = new RegExp(`^${expression}$`, 's');
  return (user) => whole.test(user);
}
