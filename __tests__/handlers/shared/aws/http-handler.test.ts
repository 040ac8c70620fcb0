import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { httpHandler } from '../../../../handlers/shared/aws/http-handler';
import { endWithWork, withSignal } from '../../../../handlers/shared/aws/work-signal';
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

describe('the requests of work with a signal', () => {
  let endpoint: LocalEndpoint;
  let calls = 0;
  let onCall: () => ServiceResponse;
  const requestHandler = httpHandler({ connect: 1_000, response: 5_000 });
  const client = () =>
    endWithWork(
      new STSClient({
        ...{ endpoint: endpoint.url, region: 'us-east-1', requestHandler, cacheMiddleware: true },
        credentials: credentialsOf(),
      }),
    );
  const ask = () => client().send(new GetCallerIdentityCommand({}));
  const ended = { name: 'AbortError' };
  beforeEach(async () => {
    calls = 0;
    onCall = () => complete;
    endpoint = await LocalEndpoint.start({
      sts: () => {
        calls++;
        return onCall();
      },
    });
  });
  afterEach(() => endpoint.stop());
  afterAll(() => {
    requestHandler.destroy();
  });

  it('are not sent after it is aborted, with one client or another', async () => {
    const caller = client();
    const send = () => caller.send(new GetCallerIdentityCommand({}));
    await expect(withSignal(AbortSignal.timeout(60_000), send)).resolves.toMatchObject({});
    await expect(withSignal(AbortSignal.abort(), send)).rejects.toMatchObject(ended);
    await expect(withSignal(AbortSignal.abort(), ask)).rejects.toMatchObject(ended);
    await expect(withSignal(undefined, send)).resolves.toMatchObject({});
    expect(calls).toBe(2);
  });

  it('end while they wait for a response', async () => {
    const abort = new AbortController();
    onCall = () => {
      abort.abort();
      return { ...complete, connection: 'silent' };
    };
    await expect(withSignal(abort.signal, ask)).rejects.toMatchObject(ended);
    expect(calls).toBe(1);
  });

  it('end while the SDK waits before another attempt, and then nothing is sent', async () => {
    const abort = new AbortController();
    onCall = () => {
      setTimeout(() => {
        abort.abort();
      }, 50);
      return { status: 503, headers: { 'retry-after': '3' }, body: '' };
    };
    const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, 'it still waits'));
    const isOver = after(3_200);
    const call = withSignal(abort.signal, ask).catch((error: unknown) => error);
    await expect(Promise.race([call, after(2_500)])).resolves.toMatchObject(ended);
    await isOver;
    expect(calls).toBe(1);
  });

  it('end with the work around theirs, and theirs does not end that', async () => {
    const inner = (signal: AbortSignal) => withSignal(signal, ask);
    await expect(
      withSignal(AbortSignal.abort(), () => inner(AbortSignal.timeout(60_000))),
    ).rejects.toMatchObject(ended);
    await withSignal(AbortSignal.timeout(60_000), async () => {
      await expect(inner(AbortSignal.abort())).rejects.toMatchObject(ended);
      await expect(ask()).resolves.toMatchObject({});
    });
  });

  it('end with a signal of their own, if they have one', async () => {
    const asked = () => client().send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.abort() });
    await expect(withSignal(AbortSignal.timeout(60_000), asked)).rejects.toMatchObject(ended);
  });
});
