/** What the doctor believes of the functions' requests is what the table of deny patterns says, which other tests try. */
import { Environment } from '../../../constructs/environment/environment';
import { bucketRequests } from '../../../tools/doctor/bucket-requests';
import { type Verdict, verdictOf } from '../../../tools/doctor/deny-statement';
import { subjectWithoutAws } from '../../../tools/doctor/subject';
import { patternLike } from '../../../tools/existing-bucket/deny-pattern';
import { environments, patterns } from '../../support/deny-patterns';

/** These ask for what requests say only now and then, or what the doctor does not know. */
const notKnown = ['DenyUntagged', 'DenyOverwriting'];

it.each(environments)('the doctor finds what the requests of %j do not pass', (file) => {
  const environment = Environment.parse(file);
  const props = { name: 'test', environment, providerLock: undefined, now: new Date(0) };
  const requests = bucketRequests({ ...subjectWithoutAws(props, '') });
  const verdicts = patterns.map(({ statement: { Sid, ...statement } }): [string, Verdict] => {
    const found = requests.map((request) => verdictOf(statement, request));
    const worst = (['denied', 'not judged'] as const).find((one) => found.includes(one));
    return [Sid, worst ?? 'not denied'];
  });
  expect(verdicts).toEqual(
    patterns.map(({ statement: { Sid }, isPassed }) => [
      Sid,
      notKnown.includes(Sid) ? 'not judged' : isPassed(environment) ? 'not denied' : 'denied',
    ]),
  );
});

it('does not judge a statement about the objects of some years', () => {
  const environment = Environment.parse(environments[0]);
  const props = { name: 'test', environment, providerLock: undefined, now: new Date(0) };
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::reports/2026-*',
  };
  const found = bucketRequests({ ...subjectWithoutAws(props, '') }).map((request) =>
    verdictOf(statement, request),
  );
  expect(found).toContain('not judged');
});

it.each([
  ['in another spelling', { Null: { 'S3:X-AMZ-ACL': ['false'] } }, 'uploads with an ACL'],
  [
    'with another value',
    { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms:dsse' } },
    'uploads that do not name keys that S3 manages',
  ],
  [
    'by another key',
    { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    'requests from outside a VPC, a VPC endpoint, or an address range',
  ],
  ['by a key that is in no pattern', { StringEquals: { 'aws:UserAgent': 'x' } }, undefined],
  ['without a condition', undefined, undefined],
])('a statement %s is named like the pattern that it is most like', (_, condition, denies) => {
  expect(patternLike(patterns, condition)?.denies).toBe(denies);
});
