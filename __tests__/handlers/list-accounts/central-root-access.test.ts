import type { IAMClient } from '@aws-sdk/client-iam';
import { centralRootAccess, centralRootAccessOf } from '../../../handlers/list-accounts/central-root-access';
import { keys } from '../../../handlers/shared/bucket-layout';
import { listAccounts } from '../../../handlers/list-accounts/list-accounts';
import type { Ledger } from '../../../handlers/shared/run-files';
import type { CentralRootAccess } from '../../../local/fake-aws/organization/central-root-access';
import { type Service, type ServiceResponse, queryAnswer } from '../../../local/fake-aws/service';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { runningAt, startOf } from '../../../tools/support/embedded-execution';
import { STARTED_AT } from '../../support/started-run';

const run = '2026-11-22/run-1';

let aws: Embedded | undefined;
let print: jest.SpyInstance;
beforeEach(() => {
  print = jest.spyOn(console, 'log').mockReturnValue();
});
afterEach(async () => {
  print.mockRestore();
  await aws?.stop();
  aws = undefined;
});

const ask = async (
  { iam, organization }: { iam: IAMClient; organization?: { id: string } },
  timeLimit = 5_000,
  partition = 'aws',
) => centralRootAccessOf(organization?.id ?? '', await centralRootAccess({ iam, partition, run, timeLimit }));

/** An organization whose IAM answers every call in this way. */
const withIam = (iam: Service) => embedded({ accounts: 2 }, (services) => ({ ...services, iam }));

const error = (Code: string, status = 400): Service => {
  const body = `<ErrorResponse><Error><Code>${Code}</Code><Message>no</Message></Error></ErrorResponse>`;
  return () => ({ status, headers: { 'content-type': 'text/xml' }, body });
};
/** @param result - with `HERE` for the organization that is listed */
const features = (result: string): Service => {
  return () => queryAnswer('ListOrganizationsFeatures', result.replace('HERE', aws?.organization.id ?? ''));
};
const ORGANIZATION = '<OrganizationId>HERE</OrganizationId>';
const ENABLED = '<EnabledFeatures><member>RootCredentialsManagement</member></EnabledFeatures>';

describe('what IAM says of central root access', () => {
  it.each<[CentralRootAccess, object]>([
    ['enabled', { result: 'pass', detail: 'enabled: RootSessions, RootCredentialsManagement' }],
    ['sessions-only', { result: 'fail', detail: 'enabled: RootSessions' }],
    ['ServiceAccessNotEnabled', { result: 'fail', detail: 'ServiceAccessNotEnabled' }],
    ['OrganizationNotInAllFeaturesMode', { result: 'fail', detail: 'OrganizationNotInAllFeaturesMode' }],
    ['OrganizationNotFound', { result: 'unknown', detail: 'OrganizationNotFound' }],
    ['AccessDenied', { result: 'unknown', detail: 'AccessDenied' }],
    [
      'AccountNotManagementOrDelegatedAdministrator',
      { result: 'unknown', detail: 'AccountNotManagementOrDelegatedAdministrator' },
    ],
    ['Throttling', { result: 'unknown', detail: 'Throttling' }],
  ])('is read as told: %s', async (answer, expected) => {
    aws = await embedded({ centralRootAccess: answer });
    await expect(ask(aws)).resolves.toEqual(expected);
  });

  // The reference of the API leaves the ending out, the model of the SDK does not.
  it.each([
    ['ServiceAccessNotEnabledException', 'fail'],
    ['OrganizationNotInAllFeaturesModeException', 'fail'],
    ['OrganizationNotFoundException', 'unknown'],
    ['AccountNotManagementOrDelegatedAdministratorException', 'unknown'],
  ])('is the same whether the name of an error has its ending or not: %s', async (code, result) => {
    aws = await withIam(error(code));
    await expect(ask(aws)).resolves.toEqual({ result, detail: code.replace('Exception', '') });
  });

  it.each<[string, Service, string, string]>([
    [
      'features without this one',
      features(`<EnabledFeatures></EnabledFeatures>${ORGANIZATION}`),
      'fail',
      'enabled: none',
    ],
    ['no list of features', features(ORGANIZATION), 'fail', 'enabled: none'],
    ['nothing', features(''), 'unknown', 'UnexpectedAnswer'],
    ['features of no organization', features(ENABLED), 'unknown', 'UnexpectedAnswer'],
    ['a page of a proxy', () => page, 'unknown', 'UnexpectedAnswer'],
    ['a call that it does not know', error('InvalidAction'), 'unknown', 'InvalidAction'],
    ['that it is out of order', error('ServiceFailure', 500), 'unknown', 'ServiceFailure'],
    ['a name over several lines', error('Bad\n<!-- -->Name'), 'unknown', 'Bad Name'],
  ])('is %s', async (_what, iam, result, detail) => {
    aws = await withIam(iam);
    await expect(ask(aws)).resolves.toEqual({ result, detail });
  });

  it('is unknown if it does not come in time', async () => {
    aws = await withIam(() => new Promise<ServiceResponse>(() => undefined));
    await expect(ask(aws, 20)).resolves.toEqual({ result: 'unknown', detail: 'TimeoutError' });
  });

  const clientThat = (send: () => Promise<never>) =>
    ({ middlewareStack: { add: () => undefined }, send }) as unknown as IAMClient;

  it('is unknown, with the code of the system, if there is no connection', async () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const iam = clientThat(() => Promise.reject(refused));
    await expect(ask({ iam })).resolves.toEqual({ result: 'unknown', detail: 'ECONNREFUSED' });
  });

  it('is not waited for beyond the limit while the client pauses before another attempt', async () => {
    const iam = clientThat(() => new Promise(() => undefined));
    await expect(ask({ iam }, 20)).resolves.toEqual({ result: 'unknown', detail: 'TimeoutError' });
  });

  it.each(['aws-cn', 'aws-us-gov'])('is not asked for in %s, which has no such thing', async (partition) => {
    let calls = 0;
    aws = await withIam(() => {
      calls++;
      return { status: 500 };
    });
    await expect(ask(aws, 5_000, partition)).resolves.toEqual({
      result: 'not-applicable',
      detail: `${partition} has no central root access`,
    });
    expect(calls).toBe(0);
  });

  it('is logged with the message if it is an error', async () => {
    aws = await embedded({ centralRootAccess: 'AccessDenied' });
    await ask(aws);
    expect(JSON.parse(String((print.mock.calls as unknown[][])[0]?.[0]))).toEqual({
      message: 'central root access was not listed',
      run,
      result: 'unknown',
      detail: 'AccessDenied',
      error: 'AccessDenied: iam:ListOrganizationsFeatures ends with AccessDenied here',
    });
  });
});

const page: ServiceResponse = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html>Sign in</html>',
};

describe('list-accounts', () => {
  const list = async (used: Embedded) =>
    listAccounts({ ...used, ...runningAt(STARTED_AT), batchSize: 20 })(startOf('run-1'));
  const organizationIn = (used: Embedded) => (used.json(keys.ledger(run)) as Ledger).organization;

  it('writes organization, management account and central root access to the ledger', async () => {
    aws = await embedded({ accounts: 45 });
    await list(aws);
    expect(organizationIn(aws)).toEqual({
      id: aws.organization.id,
      managementAccountId: aws.organization.accounts[0]?.id,
      rootCredentials: { result: 'pass', detail: 'enabled: RootSessions, RootCredentialsManagement' },
    });
  });

  it.each([ENABLED, ''])('takes nothing from an answer for another organization: %j', async (enabled) => {
    aws = await withIam(features(`${enabled}<OrganizationId>o-aa111bb222</OrganizationId>`));
    await list(aws);
    expect(organizationIn(aws).rootCredentials).toEqual({
      result: 'unknown',
      detail: `IAM answered for o-aa111bb222, not for ${aws.organization.id}`,
    });
  });

  it('believes IAM where no account is listed, whose ARN would name the organization', async () => {
    aws = await embedded({ accounts: 1 });
    aws.organization.leave(aws.organization.accounts[0]!.id);
    await list(aws);
    expect(organizationIn(aws)).toMatchObject({ id: '', rootCredentials: { result: 'pass' } });
  });

  it('asks once, and before it has listed the accounts', async () => {
    const calls: string[] = [];
    aws = await embedded({ accounts: 45 }, ({ iam, organizations, ...services }) => ({
      ...services,
      iam: (request) => {
        calls.push('iam');
        return iam!(request);
      },
      organizations: async (request) => {
        // The second page waits for the question.
        if (calls.includes('page')) while (!calls.includes('iam')) await new Promise(setImmediate);
        calls.push('page');
        return organizations!(request);
      },
    }));
    await list(aws);
    expect(calls.filter((call) => call === 'iam')).toHaveLength(1);
    expect(calls.filter((call) => call === 'page')).toHaveLength(3);
  });

  it('lists all accounts if it may not ask', async () => {
    aws = await embedded({ accounts: 45, centralRootAccess: 'AccessDenied' });
    await expect(list(aws)).resolves.toMatchObject({ expected: 45 });
    expect(organizationIn(aws).rootCredentials).toEqual({ result: 'unknown', detail: 'AccessDenied' });
  });

  it('says nothing of the management account if AWS Organizations does not', async () => {
    aws = await embedded({}, (services) => ({
      ...services,
      organizations: () => ({
        status: 200,
        body: '{"Accounts":[{"Id":"111111111111","State":"ACTIVE","Paths":["o-one/r-ab12/111111111111/"]}]}',
      }),
    }));
    await list(aws);
    expect(organizationIn(aws)).toMatchObject({ id: 'o-one', managementAccountId: '' });
  });
});
