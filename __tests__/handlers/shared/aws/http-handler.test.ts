import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { httpHandler } from '../../../../handlers/shared/aws/http-handler';
import { credentialsOf } from '../../../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../../../local/fake-aws/server';
import type { ServiceResponse } from '../../../../local/fake-aws/service';

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const complete: ServiceResponse = { status: 200, headers: { 'content-type': 'text/xml' }, body: identity };

describe('a connection', () => {
  let endpoint: LocalEndpoint;
  afterEach(() => endpoint.stop());

  /** Calls a service whose first response fails in this way, and whose later responses are complete. */
  async function call(first: ServiceResponse['connection']): Promise<{ account: unknown; calls: number }> {
    let calls = 0;
    endpoint = await LocalEndpoint.start({
      sts: () => ({ ...complete, ...(calls++ === 0 && first && { connection: first }) }),
    });
    const requestHandler = httpHandler({ connect: 1_000, response: 100 });
    const client = new STSClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      requestHandler,
      credentials: credentialsOf(),
    });
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    requestHandler.destroy();
    return { account: Account, calls };
  }

  it.each(['silent', 'stalled', 'reset', 'cut'] as const)(
    'that is %s is retried, well before the function times out',
    async (first) => {
      await expect(call(first)).resolves.toEqual({ account: '111111111111', calls: 2 });
    },
  );
});
