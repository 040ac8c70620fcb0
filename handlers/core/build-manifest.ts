import type { AccountReview } from '../summarize-run/account-review';
import { accountChanges } from './changes';
import { checks } from '../checks';
import { type FailureReason, failureReasons } from '../shared/failure-reasons';
import type { Ledger } from '../shared/run-files';
import type { EarlierManifest } from '../summarize-run/history/earlier-run';
import type { Exemptions } from './exemptions';
import type { Changes, ManifestAccount, Manifest } from './manifest';

export interface ManifestProps {
  environment: string;
  ledger: Ledger;
  startedAt: string;
  review: AccountReview;
  exemptions: Exemptions;
  thresholds: Parameters<(typeof checks)[number]['title']>[0];
  earlier: EarlierManifest | undefined;
}

/** Puts together what is said about a run. */
export function manifestOf(props: ManifestProps): Manifest {
  const { environment, ledger, startedAt, review, exemptions, thresholds } = props;
  const { accounts } = review;
  const collected = accounts.filter((account) => account.outcome === 'collected');
  const failed = accounts.filter((account) => account.outcome === 'failed');
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const expected = ledger.accounts.filter(({ skip }) => skip === undefined).length;
  return {
    version: 1,
    environment,
    execution: ledger.execution,
    date: ledger.date,
    startedAt,
    complete: failed.length === 0 && collected.length > 0,
    totals: {
      accounts: ledger.accounts.length,
      expected,
      collected: collected.length,
      failed: failed.length,
      skipped: ledger.accounts.length - expected,
      users: sum(collected.map(({ users }) => users)),
      findings: sum(collected.map(({ findings }) => findings)),
    },
    failures: byReason(failed),
    checks: checks.map(({ id, title, cis }) => ({
      id,
      title: title(thresholds),
      cis,
      ...(review.evaluation.counts.get(id) ?? { pass: 0, fail: 0, exempt: 0, notApplicable: 0 }),
    })),
    exemptions: exemptions.all.map(({ matches: _matches, ...exemption }) => exemption),
    changes: props.earlier ? changesSince(props.earlier, review) : null,
    unknownColumns: [...review.unknownColumns].sort(),
    accounts,
  };
}

function byReason(failed: Extract<ManifestAccount, { outcome: 'failed' }>[]): Manifest['failures'] {
  const counts = new Map<FailureReason, number>();
  for (const { reason } of failed) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return failureReasons.flatMap((reason) => {
    const accounts = counts.get(reason);
    return accounts ? { reason, accounts } : [];
  });
}

function changesSince(earlier: EarlierManifest, { samples, accounts }: AccountReview): Changes {
  const { date, execution, startedAt } = earlier;
  return {
    since: { date, execution, startedAt },
    newFindings: samples.findings.new.total,
    resolvedFindings: samples.resolved.total,
    usersAdded: samples.usersAdded.total,
    usersRemoved: samples.usersRemoved.total,
    ...accountChanges(earlier, accounts),
  };
}
