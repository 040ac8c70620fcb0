import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callerIdentity } from '../../../local/aws-configuration/caller-identity';

const SIGN_IN_PAGE = '<html><body>Sign in to this network</body></html>';

let answers: [type: string, body: string][] = [];
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const [type, body] = answers.shift() ?? ['text/html', SIGN_IN_PAGE];
    request.resume();
    response.writeHead(200, { 'content-type': type }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const identity = () =>
  callerIdentity({
    ...{ region: 'us-east-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  });

describe('the identity of the caller', () => {
  it('is asked for again when a page arrives instead', async () => {
    const own =
      '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/me</Arn><UserId>A</UserId>';
    answers = [
      ['text/html', SIGN_IN_PAGE],
      [
        'text/xml',
        `<GetCallerIdentityResponse><GetCallerIdentityResult>${own}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
      ],
    ];
    expect(await identity()).toEqual({ account: '111122223333', arn: 'arn:aws:iam::111122223333:user/me' });
  });

  it('is not known when only pages arrive: the error says what came', async () => {
    answers = [];
    await expect(identity()).rejects.toThrow(SIGN_IN_PAGE);
  });

  it('is not known without an account', async () => {
    answers = [['text/xml', '']];
    await expect(identity()).rejects.toThrow('STS answered without the account of the caller');
  });
});
