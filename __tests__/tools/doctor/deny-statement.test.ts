import { ABSENT, type BucketRequest } from '../../../tools/doctor/bucket-requests';
import { type Verdict, verdictOf } from '../../../tools/doctor/deny-statement';

const ROLE = 'arn:aws:iam::111111111111:role/collector';

const request: BucketRequest = {
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::auditors/2026-11-22/credentialReport_000000000000.csv',
  context: new Map<string, string | typeof ABSENT>([
    ['aws:securetransport', 'true'],
    ['aws:principalarn', ROLE],
    ['aws:principalaccount', '111111111111'],
    ['s3:tlsversion', '1.2'],
    ['s3:x-amz-acl', ABSENT],
  ]),
};

const whole = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };

/** Parts of a Deny statement, and what becomes of the request. */
const cases: [what: string, statement: object, verdict: Verdict][] = [
  ['everything', {}, 'denied'],
  ['the action in another spelling', { Action: 'S3:putobject' }, 'denied'],
  ['a pattern of actions', { Action: ['s3:Get*', 's3:Put*'] }, 'denied'],
  ['another action', { Action: 's3:DeleteObject' }, 'not denied'],
  ['all other actions', { Action: undefined, NotAction: 's3:PutObject' }, 'not denied'],
  ['all but another action', { Action: undefined, NotAction: 's3:GetObject' }, 'denied'],
  ['the objects of the bucket', { Resource: 'arn:aws:s3:::auditors/*' }, 'denied'],
  ['the bucket itself', { Resource: 'arn:aws:s3:::auditors' }, 'not denied'],
  [
    'all but these objects',
    { Resource: undefined, NotResource: 'arn:aws:s3:::auditors/2026*' },
    'not denied',
  ],
  [
    'a pattern with a dot, which is no character of its own',
    { Resource: 'arn:aws:s3:::auditor.*' },
    'not denied',
  ],
  ['the role', { Principal: { AWS: [ROLE] } }, 'denied'],
  ['its account', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }, 'denied'],
  ['another role', { Principal: { AWS: 'arn:aws:iam::111111111111:role/other' } }, 'not denied'],
  ['a service', { Principal: { Service: 'logging.s3.amazonaws.com' } }, 'not denied'],
  ['all but some principals', { Principal: undefined, NotPrincipal: { AWS: ROLE } }, 'not judged'],
  ['requests without TLS', { Condition: { Bool: { 'aws:SecureTransport': false } } }, 'not denied'],
  ['requests with TLS', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'denied'],
  ['other roles', { Condition: { ArnNotLike: { 'aws:PrincipalArn': '*:role/collector' } } }, 'not denied'],
  [
    'roles of this pattern',
    { Condition: { ArnLike: { 'aws:PrincipalArn': ['*:role/c?llector'] } } },
    'denied',
  ],
  ['old TLS', { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }, 'not denied'],
  ['anything before TLS 1.3', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.3' } } }, 'denied'],
  ['requests without ACL', { Condition: { Null: { 's3:x-amz-acl': 'true' } } }, 'denied'],
  ['requests with ACL', { Condition: { Null: { 's3:x-amz-acl': 'false' } } }, 'not denied'],
  ['a public ACL', { Condition: { StringEquals: { 's3:x-amz-acl': ['public-read'] } } }, 'not denied'],
  [
    'a public ACL, if there is one',
    { Condition: { StringEqualsIfExists: { 's3:x-amz-acl': 'public-read' } } },
    'denied',
  ],
  ['another ACL, also none', { Condition: { StringNotEquals: { 's3:x-amz-acl': 'private' } } }, 'denied'],
  [
    'a key that nothing is known about',
    { Condition: { StringEquals: { 's3:RequestObjectTag/x': 'y' } } },
    'not judged',
  ],
  [
    'an operator that nothing is known about',
    { Condition: { DateGreaterThan: { 's3:TlsVersion': '1' } } },
    'not judged',
  ],
  [
    'a variable of policies',
    { Condition: { StringEquals: { 'aws:PrincipalArn': '${aws:x}' } } },
    'not judged',
  ],
  [
    'what is unknown, but only without TLS',
    { Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:SourceIp': '1.1.1.1' } } },
    'not denied',
  ],
];

it.each(cases)('a Deny statement about %s', (_what, statement, verdict) => {
  expect(verdictOf({ ...whole, ...statement }, request)).toBe(verdict);
});

describe('a Deny statement about some of the objects that a function writes', () => {
  const reports = {
    ...request,
    resource: 'arn:aws:s3:::auditors/????-??-??/credentialReport_????????????.csv',
  };
  const runs = { ...request, resource: 'arn:aws:s3:::auditors/runs/*' };

  it.each([
    [reports, { Resource: 'arn:aws:s3:::auditors/2026-*' }, 'not judged'],
    [reports, { Resource: undefined, NotResource: 'arn:aws:s3:::auditors/2026-*' }, 'not judged'],
    [reports, { Resource: 'arn:aws:s3:::auditors/archive/*' }, 'not denied'],
    [reports, { Resource: undefined, NotResource: 'arn:aws:s3:::auditors/archive/*' }, 'denied'],
    [reports, { Resource: ['arn:aws:s3:::auditors/2026-*', 'arn:aws:s3:::auditors/*.csv'] }, 'denied'],
    [runs, { Resource: 'arn:aws:s3:::auditors/*/view.json' }, 'not judged'],
    [runs, { Resource: 'arn:aws:s3:::auditors/runs*' }, 'denied'],
    [runs, { Resource: 'arn:aws:s3:::auditors/${aws:PrincipalAccount}/*' }, 'not judged'],
    [runs, { Resource: undefined, NotResource: 'arn:aws:s3:::auditors/${aws:userid}/*' }, 'not judged'],
    [runs, { Resource: 'arn:aws:s3:::other/${aws:PrincipalAccount}/*' }, 'not denied'],
  ] as const)('%# is judged only if it hits all of them, or none', ({ resource }, statement, verdict) => {
    expect(verdictOf({ ...whole, ...statement }, { ...request, resource })).toBe(verdict);
  });
});

it('judges a pattern with many asterisks at once', () => {
  const resource = `arn:aws:s3:::${'a'.repeat(63)}/x`;
  const statement = { ...whole, Resource: `*${'a*'.repeat(60)}!` };
  expect(verdictOf(statement, { ...request, resource })).toBe('not denied');
});
