import { Environment } from '../../../constructs/environment/environment';
import { ABSENT, bucketRequests } from '../../../tools/doctor/bucket-requests';
import { bucketPolicy } from '../../../tools/doctor/checks/bucket-policy';
import { subjectWithoutAws } from '../../../tools/doctor/subject';

/** The account that stands for the caller's while there are no credentials. */
const OWN_ACCOUNT = '000000000000';
const KEY = 'arn:aws:kms:us-east-1:222222222222:key/a';

/** What an environment file with an existing bucket makes of it. */
function subjectWith(options: { bucket?: object; encryption?: object }) {
  const content = { ...options, bucket: { kind: 'existing', name: 'theirs', ...options.bucket } };
  const environment = Environment.parse(content);
  const subject = subjectWithoutAws(
    { name: 'production', environment, providerLock: undefined, now: new Date(0) },
    'no credentials',
  );
  // Synthesized once.
  return { ...subject, stack: subject.stack };
}

function headersWith(options: Parameters<typeof subjectWith>[0]) {
  const subject = subjectWith(options);
  const put = bucketRequests(subject).find(({ action }) => action === 's3:PutObject');
  const { stack } = subject;
  return {
    told: [
      put?.context.get('s3:x-amz-server-side-encryption'),
      put?.context.get('s3:x-amz-server-side-encryption-aws-kms-key-id'),
      put?.context.get('s3:x-amz-acl'),
    ],
    // Settings of the functions.
    sent: [stack.bucket.requestedEncryption, stack.bucket.objectAcl],
  };
}

describe('the doctor knows the headers that the functions send', () => {
  const bare = { told: [ABSENT, ABSENT, ABSENT], sent: ['', ''] };
  test.each([
    ['nothing written', {}, bare],
    ['the default of the bucket, written', { encryption: { kind: 'bucket-default' } }, bare],
    [
      'keys that S3 manages',
      { encryption: { kind: 's3-managed' } },
      { told: ['AES256', ABSENT, ABSENT], sent: ['AES256', ''] },
    ],
    [
      'a key',
      { encryption: { kind: 'existing-key', keyArn: KEY } },
      { told: ['aws:kms', KEY, ABSENT], sent: [KEY, ''] },
    ],
    [
      'the owner is written, although it is the same account',
      { bucket: { accountId: OWN_ACCOUNT } },
      {
        told: [ABSENT, ABSENT, 'bucket-owner-full-control'],
        sent: ['', 'bucket-owner-full-control'],
      },
    ],
  ])('with %s', (_what, options, expected) => {
    expect(headersWith(options)).toEqual(expected);
  });

  test('so a policy that denies unencrypted uploads is a problem while the file says "bucket-default"', () => {
    const policy = {
      Statement: {
        ...{ Sid: 'DenyUnencrypted', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
        Resource: 'arn:aws:s3:::theirs/*',
        Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } },
      },
    };
    const subject = subjectWith({ encryption: { kind: 'bucket-default' } });
    expect(bucketPolicy.judge(JSON.stringify(policy), subject)).toMatchObject([{ status: 'problem' }]);
  });
});
