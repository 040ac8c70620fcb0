/** Looking up the AWS context, against endpoints that answer as AWS does. */
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lookUpAws } from '../../../tools/configure/aws-context';

const answers: Record<string, { status?: number; body: string }> = {
  '': {
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<Account>222222222222</Account><Arn>arn:aws:iam::222222222222:user/me</Arn></GetCallerIdentityResult>' +
      '</GetCallerIdentityResponse>',
  },
  DescribeOrganization: {
    body: '{"Organization":{"Id":"o-exampleorg1","MasterAccountId":"111111111111"}}',
  },
  ListRoots: { status: 400, body: '{"__type":"AccessDeniedException"}' },
};

const credentialScopes: string[] = [];
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    credentialScopes.push(/Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    const operation = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    const { status = 200, body } = answers[operation]!;
    response.writeHead(status, operation ? { 'content-type': 'application/x-amz-json-1.1' } : {}).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env = {
    ...Object.fromEntries(Object.entries(before).filter(([name]) => !name.startsWith('AWS_'))),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE000000000',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  };
});
afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
});

describe('the AWS context', () => {
  it('says that an account cannot see the root, so that it is unknown whether it is a delegated administrator', async () => {
    expect(await lookUpAws('us-east-1')).toEqual({
      region: undefined,
      accountId: '222222222222',
      organizationId: 'o-exampleorg1',
      managementAccountId: '111111111111',
      accounts: [],
      notes: [
        'Signed in to account 222222222222 of organization o-exampleorg1; this account cannot see the root and the ' +
          'accounts (AccessDeniedException), so it is unknown whether it is a delegated administrator',
      ],
    });
  });

  it('comes from the endpoints of the given Region if none is configured', async () => {
    credentialScopes.length = 0;
    await lookUpAws('eu-west-3');
    expect(credentialScopes[0]).toContain('/eu-west-3/sts/');
  });
});
