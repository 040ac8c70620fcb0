/** Checks every write to the bucket when it happens: what a reader can see must be right at any time. */
import { posix } from 'node:path';
import { keyPatterns } from '../../handlers/shared/bucket-layout';
import type { BatchOutcomes, ReportPack } from '../../handlers/shared/run-files';
import { callOf } from '../../local/fake-aws/faults/calls';
import type { EmbeddedAccount } from '../../local/fake-aws/organization/organization';
import type { Service } from '../../local/fake-aws/service';
import { type BrokenRule, brokenIf } from './broken-rule';

interface CheckedBucket {
  /** The service that stores the objects. */
  s3: Service;
  /** The stored objects, by bucket and key. */
  contents: ReadonlyMap<string, Buffer>;
  accounts: ReadonlyMap<string, EmbeddedAccount>;
  /** Gets the rules that a write broke. */
  broken: BrokenRule[];
}

export function withCheckedWrites({ s3, contents, accounts, broken }: CheckedBucket): Service {
  return (request) => {
    if (request.method !== 'PUT') return s3(request);
    const path = request.url.pathname.slice(1);
    const key = path.slice(path.indexOf('/') + 1);
    const before = contents.get(path);
    const response = s3(request);
    const after = contents.get(path);
    const { account = '' } = callOf('s3', request) ?? {};
    if (posix.matchesGlob(key, keyPatterns.report))
      broken.push(...checkReport(key, after, accounts.get(account)));
    if (posix.matchesGlob(key, keyPatterns.reportPack) && after)
      broken.push(...checkPack(key, after, accounts));
    if (posix.matchesGlob(key, keyPatterns.outcomes) && before && after)
      broken.push(...checkOutcomes(key, before, after));
    return response;
  };
}

function checkReport(key: string, content: Buffer | undefined, account: EmbeddedAccount | undefined) {
  const report = account?.currentReport()?.content;
  return brokenIf(!report || !content?.equals(report), 'a report in the bucket is always complete', key);
}

function checkPack(
  key: string,
  content: Buffer,
  accounts: ReadonlyMap<string, EmbeddedAccount>,
): BrokenRule[] {
  return Object.entries(JSON.parse(content.toString()) as ReportPack).flatMap(([account, text]) =>
    brokenIf(
      text !== accounts.get(account)?.currentReport()?.content.toString(),
      'a report in a report pack is what IAM returned',
      `${account} in ${key}`,
    ),
  );
}

function checkOutcomes(key: string, before: Buffer, after: Buffer): BrokenRule[] {
  const outcomesIn = (file: Buffer) => (JSON.parse(file.toString()) as BatchOutcomes).outcomes;
  const now = new Map(outcomesIn(after).map(({ account, outcome }) => [account, outcome]));
  return outcomesIn(before).flatMap(({ account, outcome }) =>
    brokenIf(
      !now.has(account) || (outcome === 'collected' && now.get(account) !== 'collected'),
      'a recorded outcome is never lost',
      `${account} in ${key}`,
    ),
  );
}
