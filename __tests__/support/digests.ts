import { consoleMfa } from '../../handlers/checks/console-mfa';
import type { RunContent } from '../../handlers/core/manifest';
import { type DigestProps, digest } from '../../handlers/summarize-run/output/digest';
import type { ShownFinding } from '../../handlers/summarize-run/samples';
import { NO_CHANGES, contentOf } from './manifests';
import { accountId } from './stored-run';

const placeOf = (file: string) => ({ url: `s3://b/${file}`, console: `https://console.example.com/${file}` });
export const places = {
  page: placeOf('index.html'),
  manifest: 's3://b/manifest.json',
  manifestHash: 'the hash',
  changes: placeOf('changes.csv'),
  findings: placeOf('findings.csv'),
};

/** What a run of 50,000 accounts found, of which so many failed. */
export function manifest(
  failed: number,
  newFindings: number | null,
  change: Partial<RunContent> = {},
): RunContent {
  const accounts = Array.from({ length: failed }, (_, index) => ({
    id: accountId(index),
    name: `an account\nwith a name of some length ${index}`,
    outcome: 'failed' as const,
    reason: 'denied' as const,
    detail: 'AccessDenied: '.padEnd(400, 'ü'),
  }));
  const totals = {
    accounts: 50_000,
    expected: 50_000,
    collected: 50_000 - failed,
    failed,
    skipped: 0,
    withoutRootCredentials: 0,
    users: 9,
    findings: 8,
    findingsBySeverity: { critical: 8, high: 0, medium: 0, low: 0 },
    principalsWithFindings: 7,
  };
  const since = { date: '2026-11-21', execution: 'run-0', startedAt: '2026-11-21T08:00:00.000Z' };
  const counts = { ...NO_CHANGES, accountsAdded: [], accountsRemoved: [] };
  return {
    ...contentOf([]),
    complete: failed === 0,
    totals,
    checks: [],
    frameworks: [],
    changes: newFindings === null ? null : { since, ...counts, newFindings },
    accounts,
    ...change,
  };
}

export function findings(count: number): ShownFinding[] {
  return Array.from({ length: count }, (_, index) => ({
    account: { id: accountId(index), name: 'one' },
    user: `user-${index}`,
    arn: '',
    check: consoleMfa,
    severity: 'high' as const,
    result: 'fail' as const,
    key: consoleMfa.id,
    reason: 'console password without MFA',
    status: 'new' as const,
  }));
}

/** The digest of a run in which nothing else happened. */
export const digestOf = (props: Partial<DigestProps> & Pick<DigestProps, 'manifest'>) =>
  digest({ newFindings: [], resolvedFindings: [], owners: [], week: undefined, places, ...props });
