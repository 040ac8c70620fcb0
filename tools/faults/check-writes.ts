/** Checks every write to the bucket when it happens: what a reader can see must be right at any time. */
import { accountOfList, accountOfReport, keyPatterns } from '../../handlers/shared/bucket-layout';
import { matchesPattern } from '../../handlers/core/matches-pattern';
import type { ReviewSource } from '../../handlers/report-review/review-line';
import type { BatchOutcomes } from '../../handlers/shared/run-files';
import { sha256Of } from '../../handlers/shared/hash';
import type { Service } from '../../local/fake-aws/service';
import { placeOf } from '../../local/fake-aws/s3/place';
import { type BrokenRule, brokenIf } from './broken-rule';
import { type Delivery, deliveryIdOf } from './deliveries';
import type { IssuedReports } from './issued-reports';
import type { StoredBucket } from './stored-bucket';
import { overwriteRules, writerRules } from './write-rules';

interface CheckedBucket {
  bucket: StoredBucket;
  issued: IssuedReports;
  /** Deliveries by their ID. */
  deliveries: readonly Delivery[];
  /** Gets the rules that a write broke. */
  broken: BrokenRule[];
}

/** The bucket, with checks of everything that writes: single requests, copies, and completed uploads. */
export function withCheckedWrites({ bucket, issued, deliveries, broken }: CheckedBucket): Service {
  return (request) => {
    const { key } = placeOf(request.url.pathname);
    const before = bucket.object(key);
    // It answers at once, so no other write comes between.
    const response = bucket.service(request);
    const after = bucket.object(key);
    if (key === '' || before === after) return response;
    broken.push(
      ...writerRules(key, deliveries[deliveryIdOf(request.headers)]?.function),
      ...overwriteRules(key, before, after),
      ...contentRules(key, after, issued),
      ...(before && after && matchesPattern(keyPatterns.outcomes, key)
        ? checkOutcomes(key, before, after)
        : []),
    );
    return response;
  };
}

function contentRules(key: string, content: Buffer | undefined, issued: IssuedReports): BrokenRule[] {
  const account = accountOfReport(key);
  if (account !== undefined)
    return brokenIf(
      !content || !issued.of(account, sha256Of(content)),
      'a report in the bucket is always complete',
      key,
    );
  const ofList = accountOfList(key);
  if (ofList !== undefined)
    return brokenIf(
      !content || !issued.hasList(ofList, sha256Of(content)),
      'a list in the bucket is what IAM returned for its account',
      key,
    );
  if (!content || !matchesPattern(keyPatterns.reviews, key)) return [];
  const lines = content.toString().trimEnd().split('\n');
  return lines.flatMap((line) => {
    const { account, report } = JSON.parse(line) as ReviewSource;
    return brokenIf(
      !issued.of(account, report),
      'a review is of a report that IAM returned',
      `${account} in ${key}`,
    );
  });
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
