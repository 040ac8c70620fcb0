import { Environment } from '../../../constructs/environment/environment';
import { ExpectedStack } from '../../../tools/doctor/expected-stack';
import { reportPlace } from '../../../tools/report/report-place';

const CALLER = '111111111111';
const other = '222222222222';
const asked = jest.fn(() => Promise.resolve(CALLER));
beforeEach(() => asked.mockClear());

const placeOf = (fields: object) =>
  reportPlace({ name: 'production', environment: Environment.parse(fields), account: asked });

describe('the place of the reports', () => {
  it.each([
    ['a new bucket', {}],
    ['a new bucket with a name and a prefix', { bucket: { kind: 'new', name: 'audit', prefix: 'iam/' } }],
    ['a bucket in a Region without namespaces', { region: 'me-south-1' }],
    ['a logging account', { loggingAccount: { accountId: other, roleName: 'deploy' } }],
    ['an existing bucket', { bucket: { kind: 'existing', name: 'audit', prefix: 'iam/production/' } }],
    [
      'an existing bucket of another account',
      { bucket: { kind: 'existing', name: 'audit', accountId: other } },
    ],
  ])('is that of the deployment: %s', async (_which, fields) => {
    const { bucket } = new ExpectedStack('production', Environment.parse(fields), CALLER, 'o-exampleorg1');
    const place = await placeOf(fields);
    expect(place).toMatchObject({ bucket: bucket.name, prefix: bucket.prefix });
    expect([undefined, bucket.ownerAccountId]).toContain(place.owner);
  });

  it('asks who the caller is only if the name of the bucket has the ID of the account', async () => {
    expect((await placeOf({})).owner).toBe(CALLER);
    expect(asked).toHaveBeenCalledTimes(1);
    // A reader of another account can name it too.
    expect((await placeOf({ bucket: { kind: 'new', name: 'audit' } })).owner).toBeUndefined();
    expect((await placeOf({ loggingAccount: { accountId: other, roleName: 'deploy' } })).owner).toBe(other);
    expect((await placeOf({ bucket: { kind: 'existing', name: 'a-bucket', accountId: other } })).owner).toBe(
      other,
    );
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
