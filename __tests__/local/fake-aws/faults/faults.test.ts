import fc from 'fast-check';
import { drawFault } from '../../../../local/fake-aws/faults/drawn-fault';
import { type Fault, type Hit, withFaults } from '../../../../local/fake-aws/faults/faults';
import { servicesOf } from '../../../../local/fake-aws/server';
import { ServiceError, type ServiceRequest } from '../../../../local/fake-aws/service';
import { organizationOf, temporaryFolder } from '../../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const organization = organizationOf({ accounts: 3 });
const accounts = organization.accounts.map(({ id }) => id);
const call = { call: 'iam:GetCredentialReport', after: 0, times: Infinity } as const;

const request = (body: string, accessKeyId = 'AKIA'): ServiceRequest => ({
  method: 'POST',
  url: new URL('http://x/'),
  headers: {},
  body: Buffer.from(body),
  accessKeyId,
  region: 'us-east-1',
});
const iamRequest = (action: string, account = accounts[0]!) =>
  request(`Action=${action}`, `ASIALOCA${account}`);

/** What IAM answers, one call after another: what a fault made of it, or that it went well. */
async function answers(faults: Fault[], requests: ServiceRequest[]): Promise<string[]> {
  const { iam } = withFaults({ services: servicesOf(organization, folder), faults, organization });
  const all: string[] = [];
  for (const request of requests) {
    try {
      all.push((await iam!(request)).connection ?? 'well');
    } catch (error) {
      all.push((error as ServiceError).code);
    }
  }
  return all;
}

const get = (account?: string) => iamRequest('GetCredentialReport', account);
const generate = (account?: string) => iamRequest('GenerateCredentialReport', account);
beforeAll(async () => {
  for (const id of accounts) await answers([], [generate(id), generate(id)]);
});

describe('a fault', () => {
  it('hits calls of its kind, from its turn on, as often as it says', async () => {
    const fault: Fault = { ...call, kind: 'reset', after: 1, times: 2 };
    expect(await answers([fault], [get(), generate(), get(), get(), get()])).toEqual([
      'well',
      'well',
      'reset',
      'reset',
      'well',
    ]);
  });

  it('of one account hits no other, counted round the organization', async () => {
    const fault: Fault = { ...call, kind: 'denied', account: 4 };
    expect(await answers([fault], accounts.map(get))).toEqual(['well', 'AccessDenied', 'well']);
  });

  it('gives way to those before it, and goes on counting', async () => {
    const faults: Fault[] = [
      { ...call, kind: 'reset', times: 1 },
      { ...call, kind: 'throttled', times: 2 },
    ];
    expect(await answers(faults, [get(), get(), get()])).toEqual(['reset', 'LimitExceeded', 'well']);
  });

  it.each([
    ['throttled', 'LimitExceeded'],
    ['out-of-order', 'ServiceFailure'],
    ['denied', 'AccessDenied'],
    ['expired-token', 'ExpiredToken'],
    ['unknown-token', 'InvalidClientTokenId'],
    ['invalid', 'ValidationError'],
    ['region-disabled', 'RegionDisabledException'],
    ['reset', 'reset'],
    ['cut', 'cut'],
    ['silent', 'silent'],
    ['answer-lost', 'reset'],
    ['report-not-present', 'ReportNotPresent'],
    ['report-expired', 'ReportExpired'],
  ] as const)('of the kind %s is %s', async (kind, answer) => {
    expect(await answers([{ ...call, kind }], [get()])).toEqual([answer]);
  });

  it.each([
    ['report-empty', /^$/],
    ['report-not-csv', /^<html>/],
    ['report-without-rows', /^user,arn,[^\n]*$/],
    ['report-of-another-account', /^user,arn,.*\n<root_account>,arn:aws:iam::000000000000:root,/],
    ['report-cut', /^user,arn,.*[^\n]$/s],
  ] as const)('of the kind %s changes the report', async (kind, expected) => {
    const { iam } = withFaults({
      services: servicesOf(organization, folder),
      faults: [{ ...call, kind }],
      organization,
    });
    const [, content = ''] = /<Content>(.*)<\/Content>/.exec(String((await iam!(get())).body)) ?? [];
    const report = Buffer.from(content, 'base64').toString();
    expect(report).toMatch(expected);
    expect(report).not.toBe(organization.accounts[0]!.currentReport()!.content.toString());
  });

  it('of the kind report-absent leaves the report out', async () => {
    const fault: Fault = { ...call, kind: 'report-absent' };
    const { iam } = withFaults({ services: servicesOf(organization, folder), faults: [fault], organization });
    expect(await iam!(get())).toMatchObject({
      status: 200,
      body: expect.not.stringContaining('<Content>') as string,
    });
  });

  it('of the kind page answers with a page, and the call has no effect', async () => {
    const fresh = organizationOf({ accounts: 1 });
    const { iam } = withFaults({
      services: servicesOf(fresh, folder),
      faults: [{ call: 'iam:GenerateCredentialReport', kind: 'page', after: 0, times: Infinity }],
      organization: fresh,
    });
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await iam!(generate(fresh.accounts[0]!.id))).toMatchObject({
        status: 200,
        headers: { 'content-type': expect.stringMatching(/^text\/html/) as string },
      });
    expect(fresh.accounts[0]!.currentReport()).toBeUndefined();
  });

  it('whose answer is lost has its effect', async () => {
    const fresh = organizationOf({ accounts: 1 });
    const id = fresh.accounts[0]!.id;
    const { iam } = withFaults({
      services: servicesOf(fresh, folder),
      faults: [{ call: 'iam:GenerateCredentialReport', kind: 'answer-lost', after: 0, times: 2 }],
      organization: fresh,
    });
    await expect(iam!(generate(id))).resolves.toMatchObject({ connection: 'reset' });
    await expect(iam!(generate(id))).resolves.toMatchObject({ connection: 'reset' });
    expect(fresh.accounts[0]!.currentReport()).toBeDefined();
  });

  it('of an account that leaves refuses it from then on, and takes it off the list', async () => {
    const fresh = organizationOf({ accounts: 2 });
    const [stays, leaves] = fresh.accounts.map(({ id }) => id);
    const { sts, organizations } = withFaults({
      services: servicesOf(fresh, folder),
      faults: [{ call: 'sts:AssumeRole', kind: 'account-left', account: 1, after: 0, times: 1 }],
      organization: fresh,
    });
    const assume = async () =>
      sts!(request(`Action=AssumeRole&RoleArn=arn:aws:iam::${leaves}:role/report-role`));
    await expect(assume()).rejects.toMatchObject({ code: 'AccessDenied' });
    await expect(assume()).rejects.toMatchObject({ code: 'AccessDenied' });
    const list = { ...request('{}'), headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListAccounts' } };
    const { body } = await organizations!(list);
    expect(JSON.parse(String(body))).toMatchObject({ Accounts: [{ Id: stays }] });
  });

  it('of a conflict refuses conditional writes, and no others', async () => {
    const { s3 } = withFaults({
      services: servicesOf(organization, folder),
      faults: [{ call: 's3:PutFile', kind: 'conflict', after: 0, times: Infinity }],
      organization,
    });
    const put = async (headers: ServiceRequest['headers']) =>
      s3!({ ...request('text'), method: 'PUT', url: new URL('http://x/reports/a'), headers });
    const conflict = { status: 409, code: 'ConditionalRequestConflict' };
    await expect(put({ 'if-none-match': '*' })).rejects.toMatchObject(conflict);
    await expect(put({ 'if-match': '"etag"' })).rejects.toMatchObject(conflict);
    await expect(put({})).resolves.toMatchObject({ status: 200 });
  });

  it.each(['states:DescribeExecution', 'kms:Sign', 'kms:GetPublicKey'] as const)(
    'of %s hits this call alone',
    async (call) => {
      const served = () => ({ status: 200 });
      const services = withFaults({
        services: { states: served, kms: served },
        faults: [{ call, kind: 'denied', after: 0, times: Infinity }],
        organization,
      });
      const targets = {
        'states:DescribeExecution': 'AWSStepFunctions.DescribeExecution',
        'kms:Sign': 'TrentService.Sign',
        'kms:GetPublicKey': 'TrentService.GetPublicKey',
      };
      for (const [name, target] of Object.entries(targets)) {
        const service = services[name.split(':')[0]!]!;
        const answer = (async () => service({ ...request(''), headers: { 'x-amz-target': target } }))();
        if (name === call) await expect(answer).rejects.toMatchObject({ code: 'AccessDeniedException' });
        else await expect(answer).resolves.toEqual({ status: 200 });
      }
    },
  );

  it('is told with the call that it hit', async () => {
    const hits: Hit[] = [];
    const { iam } = withFaults({
      services: servicesOf(organization, folder),
      faults: [{ ...call, kind: 'silent', account: 0, times: 1 }],
      organization,
      onHit: (hit) => hits.push(hit),
    });
    for (const account of accounts) await iam!(get(account));
    expect(hits).toMatchObject([{ name: 'iam:GetCredentialReport', kind: 'silent', account: accounts[0] }]);
  });

  it('is the same for the same seed, and of every kind for some seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(drawFault(seed)).toEqual(drawFault(seed));
      }),
    );
    const kinds = new Set(Array.from({ length: 2_000 }, (_, seed) => drawFault(seed).kind));
    expect(kinds.size).toBe(25);
  });
});
