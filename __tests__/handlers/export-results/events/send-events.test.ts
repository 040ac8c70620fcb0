/** Events are sent with the real client, over HTTP. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { ResultEvent } from '../../../../handlers/export-results/events/event-details';
import { sendEvents } from '../../../../handlers/export-results/events/send-events';
import { credentialsOf } from '../../../../local/fake-aws/credentials';
import { type ReceivedEvent, eventsService } from '../../../../local/fake-aws/events-service';
import { LocalEndpoint } from '../../../../local/fake-aws/server';
import { type Service, ServiceError } from '../../../../local/fake-aws/service';

let endpoint: LocalEndpoint;
afterEach(() => endpoint.stop());

const BUS = 'arn:aws:events:us-east-1:111111111111:event-bus/reports';
const eventsOf = (count: number): ResultEvent[] =>
  Array.from(
    { length: count },
    (_, index) =>
      ({
        type: 'AccountFindingsChanged',
        detail: { number: index, run: { startedAt: '2026-11-22T08:00:00Z' } },
      }) as never,
  );
const received: ReceivedEvent[] = [];
let pauses: number[];

async function send(count: number, service: Service = eventsService((event) => received.push(event))) {
  received.length = 0;
  pauses = [];
  endpoint = await LocalEndpoint.start({ events: service });
  const client = new EventBridgeClient({
    region: 'us-east-1',
    endpoint: endpoint.url,
    credentials: credentialsOf(),
    maxAttempts: 1,
  });
  const sent = await sendEvents(client, BUS, eventsOf(count), (tried) => {
    pauses.push(tried);
    return Promise.resolve();
  });
  client.destroy();
  return sent;
}
const numbers = () =>
  received.map(({ Detail }) => (JSON.parse(Detail) as { number: number }).number).sort((a, b) => a - b);

describe('events', () => {
  it('are all sent, ten in a call, with their source, type and bus', async () => {
    await expect(send(25)).resolves.toEqual({ refused: 0 });
    expect(numbers()).toEqual(Array.from({ length: 25 }, (_, index) => index));
    expect(received[0]).toMatchObject({
      EventBusName: BUS,
      Source: 'iam-credential-reports',
      DetailType: 'AccountFindingsChanged',
    });
    expect(pauses).toEqual([]);
  });

  it('of which EventBridge refuses some are sent again, and only those', async () => {
    let calls = 0;
    const accept = eventsService((event) => received.push(event));
    const service: Service = async (request) => {
      const { Entries } = JSON.parse(request.body.toString()) as { Entries: object[] };
      if (calls++ > 0) return accept(request);
      await accept({ ...request, body: Buffer.from(JSON.stringify({ Entries: Entries.slice(1) })) });
      const results = Entries.map((_, index) =>
        index === 0 ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'slower' } : { EventId: 'id' },
      );
      return { status: 200, body: JSON.stringify({ FailedEntryCount: 1, Entries: results }) };
    };
    await expect(send(10, service)).resolves.toEqual({ refused: 0 });
    expect(numbers()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pauses).toEqual([1]);
  });

  it('that are refused to the end are counted, with the reason, and the others are sent', async () => {
    const accept = eventsService((event) => received.push(event));
    const service: Service = (request) => {
      if (request.body.includes('\\"number\\":15,'))
        throw new ServiceError(403, 'AccessDeniedException', 'no');
      return accept(request);
    };
    const { refused, problem } = await send(25, service);
    expect([refused, problem]).toEqual([10, expect.stringContaining('AccessDeniedException')]);
    expect(numbers()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21, 22, 23, 24]);
    expect(pauses).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
