import { type Status, countsOf, exitCodeOf } from './findings';
import type { Event } from './verify';

/** Adds up what was verified. Keeps numbers only, so that years fit into memory. */
export class Summary {
  readonly totals = { days: 0, runs: 0, reports: 0, files: 0 };
  readonly counts: Partial<Record<Status, number>> = {};
  private signatures = 0;

  add(event: Event): void {
    for (const [status, count] of Object.entries(countsOf(event.findings)) as [Status, number][])
      this.counts[status] = (this.counts[status] ?? 0) + count;
    if (event.kind === 'chain') {
      this.signatures += event.signatures;
      return;
    }
    this.totals.days++;
    this.totals.runs += event.runs.length;
    this.totals.reports += event.verified.reports;
    this.totals.files += event.verified.files;
  }

  get exitCode(): 0 | 1 | 2 {
    return exitCodeOf(new Set(Object.keys(this.counts) as Status[]));
  }

  /** What this verification cannot show. */
  limits({
    hasPublicKeys,
    expectsHead,
  }: {
    readonly hasPublicKeys: boolean;
    readonly expectsHead: boolean;
  }): string[] {
    return [
      ...(expectsHead
        ? []
        : [
            'A chain alone cannot show that its newest manifests were removed or rewritten: use --expect-head HASH with ' +
              'the hash in a digest',
          ]),
      ...(hasPublicKeys
        ? []
        : this.signatures > 0
          ? [
              'Signatures were checked with the keys in signing-keys/, which are not pinned: whoever can write there can ' +
                'replace them. Use --public-key FILE',
            ]
          : ['Nothing is signed: whoever can write every object can make another chain']),
    ];
  }
}
