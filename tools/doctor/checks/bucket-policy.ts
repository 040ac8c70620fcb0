import { bucketGrants } from '../../../constructs/storage/bucket-access';
import { type DenyPattern, patternLike } from '../../existing-bucket/deny-pattern';
import { denyPatterns } from '../../existing-bucket/deny-patterns';
import { type BucketRequest, bucketRequests } from '../bucket-requests';
import { type Finding, check, ok, problem, unknown } from '../check';
import { verdictOf } from '../deny-statement';
import { existingBucket, hasExistingBucket, isInOtherAccount } from '../existing-bucket';
import { type PolicyStatement, parsePolicy, sameStatement } from '../policy-document';
import type { Subject } from '../subject';

export const bucketPolicy = check({
  id: 'bucket-policy',
  question: 'Does the policy of the existing bucket deny what the functions send, or lack what they need?',
  needs: 'aws',
  applies: hasExistingBucket,
  read: async (aws, subject) => (await aws.find('s3:GetBucketPolicy', existingBucket(subject)))?.Policy,
  judge: (text, subject) => {
    const statements = text === undefined ? [] : parsePolicy(text);
    if (!statements) return unknown('the policy of the bucket is not a policy: not judged');
    const requests = bucketRequests(subject);
    const denies = statements.filter(({ Effect }) => Effect === 'Deny');
    const findings = [
      ...denies.flatMap((one) => denialOf(one, requests, subject)),
      ...lackingOf(statements, subject),
    ];
    return findings.length > 0
      ? findings
      : ok(`${denies.length} Deny statements, none of which hits a request of the functions`);
  },
});

function denialOf(
  statement: PolicyStatement,
  requests: readonly BucketRequest[],
  subject: Subject,
): Finding[] {
  const verdicts = requests.map((request) => ({ request, verdict: verdictOf(statement, request) }));
  const denied = new Set(
    verdicts.flatMap(({ request, verdict }) => (verdict === 'denied' ? request.action : [])),
  );
  const { Sid: sid = '(without a Sid)' } = statement;
  const { denies, mend } = patternOf(statement, subject);
  if (denied.size > 0)
    return [problem(`${sid} denies ${[...denied].sort().join(', ')} of the functions: ${denies}`, mend)];
  return verdicts.some(({ verdict }) => verdict === 'not judged')
    ? [
        unknown(
          `not judged: the Deny statement ${sid} (${denies})`,
          'Read it, and compare it with docs/existing-bucket.md',
        ),
      ]
    : [];
}

/** What the statement denies, and what helps. */
function patternOf(
  { Condition = {} }: PolicyStatement,
  { stack: { bucket }, organization }: Subject,
): Pick<DenyPattern, 'denies' | 'mend'> {
  const { arn: bucketArn, keyArn = '' } = bucket;
  const patterns = denyPatterns({ bucketArn, keyArn, organizationId: organization?.id ?? '' });
  const keys = Object.values(Condition).flatMap((one) => Object.keys(one));
  const denies = keys.length === 0 ? 'everybody' : keys.join(', ');
  return patternLike(patterns, Condition) ?? { denies, mend: 'Ask the owner of the bucket' };
}

/** In the account that collects, the policies of the functions are enough. */
function lackingOf(statements: readonly PolicyStatement[], subject: Subject): Finding[] {
  if (!isInOtherAccount(subject)) return [];
  const missing = bucketGrants(subject.stack.bucketUsers, subject.deployment).filter(
    (needed) => !statements.some((one) => sameStatement(one, needed)),
  );
  if (missing.length === 0) return [];
  const sids = missing.map(({ Sid }) => Sid).join(', ');
  const mend = 'Let the owner of the bucket add the output bucket_policy_statements';
  const isAllowing = statements.some(({ Effect }) => Effect === 'Allow');
  return [
    isAllowing
      ? unknown(
          `not judged: ${sids} are not in it as they stand, but other statements may allow the same`,
          mend,
        )
      : problem(`it allows nothing to the functions: ${sids} are missing`, mend),
  ];
}
