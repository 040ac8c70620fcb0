import fc from 'fast-check';
import { drawFault } from '../../../local/organization/drawn-fault';
import { type Fault, type Hit, withFaults } from '../../../local/organization/faults';
import { servicesOf } from '../../../local/organization/server';
import { ServiceError, type ServiceRequest } from '../../../local/organization/service';
import { organizationOf, temporaryFolder } from '../../embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const organization = organizationOf({ accounts: 3 });
const accounts = organization.accounts.map(({ id }) => id);
const call = { call: 'iam:GetCredentialReport', after: 0, times: Infinity } as const;

function iamRequest(action: string, account = accounts[0]!): ServiceRequest {
  const body = Buffer.from(`Action=${action}`);
  return { method: 'POST', url: new URL('http://x/'), headers: {}, body, accessKeyId: `ASIALOCA${account}` };
}

/** What IAM answers, one call after another: what a fault made of it, or that it went well. */
function answers(faults: Fault[], requests: ServiceRequest[]): string[] {
  const { iam } = withFaults({ services: servicesOf(organization, folder), faults, accounts });
  return requests.map((request) => {
    try {
      return iam!(request).connection ?? 'well';
    } catch (error) {
      return (error as ServiceError).code;
    }
  });
}

const get = (account?: string) => iamRequest('GetCredentialReport', account);
const generate = (account?: string) => iamRequest('GenerateCredentialReport', account);
for (const id of accounts) answers([], [generate(id), generate(id)]);

describe('a fault', () => {
  it('hits calls of its kind, from its turn on, as often as it says', () => {
    const fault: Fault = { ...call, kind: 'reset', after: 1, times: 2 };
    expect(answers([fault], [get(), generate(), get(), get(), get()])).toEqual([
      'well',
      'well',
      'reset',
      'reset',
      'well',
    ]);
  });

  it('of one account hits no other, counted round the organization', () => {
    const fault: Fault = { ...call, kind: 'denied', account: 4 };
    expect(answers([fault], accounts.map(get))).toEqual(['well', 'AccessDenied', 'well']);
  });

  it('gives way to those before it, and goes on counting', () => {
    const faults: Fault[] = [
      { ...call, kind: 'reset', times: 1 },
      { ...call, kind: 'throttled', times: 2 },
    ];
    expect(answers(faults, [get(), get(), get()])).toEqual(['reset', 'LimitExceeded', 'well']);
  });

  it.each([
    ['throttled', 'LimitExceeded'],
    ['out-of-order', 'ServiceFailure'],
    ['denied', 'AccessDenied'],
    ['expired-token', 'ExpiredToken'],
    ['reset', 'reset'],
    ['cut', 'cut'],
    ['silent', 'silent'],
    ['answer-lost', 'reset'],
    ['report-not-present', 'ReportNotPresent'],
    ['report-expired', 'ReportExpired'],
  ] as const)('of the kind %s is %s', (kind, answer) => {
    expect(answers([{ ...call, kind }], [get()])).toEqual([answer]);
  });

  it.each([
    ['report-empty', /^$/],
    ['report-not-csv', /^<html>/],
    ['report-without-rows', /^user,arn,[^\n]*$/],
    ['report-of-another-account', /^user,arn,.*\n<root_account>,arn:aws:iam::000000000000:root,/],
    ['report-cut', /^user,arn,.*[^\n]$/s],
  ] as const)('of the kind %s changes the report', (kind, expected) => {
    const { iam } = withFaults({
      services: servicesOf(organization, folder),
      faults: [{ ...call, kind }],
      accounts,
    });
    const [, content = ''] = /<Content>(.*)<\/Content>/.exec(String(iam!(get()).body)) ?? [];
    const report = Buffer.from(content, 'base64').toString();
    expect(report).toMatch(expected);
    expect(report).not.toBe(organization.accounts[0]!.currentReport()!.content.toString());
  });

  it('whose answer is lost has its effect', () => {
    const fresh = organizationOf({ accounts: 1 });
    const id = fresh.accounts[0]!.id;
    const { iam } = withFaults({
      services: servicesOf(fresh, folder),
      faults: [{ call: 'iam:GenerateCredentialReport', kind: 'answer-lost', after: 0, times: 2 }],
      accounts: [id],
    });
    iam!(generate(id));
    iam!(generate(id));
    expect(fresh.accounts[0]!.currentReport()).toBeDefined();
  });

  it('is told with the call that it hit', () => {
    const hits: Hit[] = [];
    const { iam } = withFaults({
      services: servicesOf(organization, folder),
      faults: [{ ...call, kind: 'silent', account: 0, times: 1 }],
      accounts,
      onHit: (hit) => hits.push(hit),
    });
    for (const account of accounts) iam!(get(account));
    expect(hits).toMatchObject([{ name: 'iam:GetCredentialReport', kind: 'silent', account: accounts[0] }]);
  });

  it('is the same for the same seed, and of every kind for some seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(drawFault(seed)).toEqual(drawFault(seed));
      }),
    );
    const kinds = new Set(Array.from({ length: 2_000 }, (_, seed) => drawFault(seed).kind));
    expect(kinds.size).toBe(17);
  });
});
