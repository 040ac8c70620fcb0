import { bucketGrants } from '../../../constructs/storage/bucket-access';
import { type BucketRequest, bucketRequests } from '../bucket-requests';
import { type Finding, check, ok, problem, unknown } from '../check';
import { verdictOf } from '../deny-statement';
import { existingBucket, hasExistingBucket, isInOtherAccount } from '../existing-bucket';
import { type PolicyStatement, parsePolicy, sameStatement } from '../policy-document';
import type { Subject } from '../subject';

/** What people know a Deny statement by, from the condition keys that it uses. */
const patterns: readonly (readonly [key: RegExp, name: string, mend: string])[] = [
  [
    /^s3:x-amz-server-side-encryption-aws-kms-key-id$/,
    'uploads with another key',
    'Name that key in encryption.keyArn',
  ],
  [
    /^s3:x-amz-server-side-encryption-customer/,
    'uploads with a key of the caller',
    'Ask the owner of the bucket',
  ],
  [
    /^s3:x-amz-server-side-encryption$/,
    'unencrypted uploads',
    'Write encryption into the file, so that requests carry the header: docs/options.md',
  ],
  [
    /^s3:x-amz-(acl|grant)/,
    'uploads without an ACL, or with one',
    'Set bucket.accountId to the owner of the bucket',
  ],
  [/^(aws:securetransport|s3:tlsversion)$/, 'requests without TLS', 'Ask the owner of the bucket'],
  [
    /^aws:(sourcevpce?|vpcsourceip)$/,
    'requests from outside a VPC',
    'Except the roles of the functions, which are in no VPC',
  ],
  [
    /^aws:sourceip$/,
    'requests from other addresses',
    'Except the roles of the functions, whose addresses change',
  ],
  [/^aws:(principalorg|resourceorg)/, 'requests from outside an organization', 'Ask the owner of the bucket'],
  [
    /^aws:(principalarn|principalaccount|userid|principaltag)/,
    'other principals',
    'Except the roles of the functions',
  ],
];

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
    const findings = [...denies.flatMap((one) => denialOf(one, requests)), ...lackingOf(statements, subject)];
    return findings.length > 0
      ? findings
      : ok(`${denies.length} Deny statements, none of which hits a request of the functions`);
  },
});

function denialOf(statement: PolicyStatement, requests: readonly BucketRequest[]): Finding[] {
  const sid = statement.Sid ?? '(without a Sid)';
  const verdicts = requests.map((request) => ({ request, verdict: verdictOf(statement, request) }));
  const denied = new Set(
    verdicts.flatMap(({ request, verdict }) => (verdict === 'denied' ? request.action : [])),
  );
  const keys = Object.values(statement.Condition ?? {}).flatMap((one) => Object.keys(one));
  const [, name = keys.length === 0 ? 'everybody' : keys.join(', '), mend = 'Ask the owner of the bucket'] =
    patterns.find(([key]) => keys.some((one) => key.test(one.toLowerCase()))) ?? [];
  if (denied.size > 0)
    return [problem(`${sid} denies ${[...denied].sort().join(', ')} of the functions: ${name}`, mend)];
  return verdicts.some(({ verdict }) => verdict === 'not judged')
    ? [
        unknown(
          `not judged: the Deny statement ${sid} (${name})`,
          'Read it, and compare it with docs/doctor.md#existing-buckets',
        ),
      ]
    : [];
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
