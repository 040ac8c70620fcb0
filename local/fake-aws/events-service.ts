import { randomUUID } from 'node:crypto';
import { type Service, ServiceError } from './service';

/** An event as EventBridge gets it. */
export interface ReceivedEvent {
  EventBusName: string;
  Source: string;
  DetailType: string;
  /** JSON. */
  Detail: string;
}

/** Most events of a call (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html). */
const MOST_ENTRIES = 10;
/** Most bytes of all events of a call; same page. */
const MOST_BYTES = 256 * 1024;

/**
 * Amazon EventBridge: PutEvents.
 * @param receive - gets every event that is accepted
 */
export function eventsService(receive: (event: ReceivedEvent) => void): Service {
  return ({ headers, body }) => {
    const target = headers['x-amz-target'];
    if (target !== 'AWSEvents.PutEvents')
      throw new ServiceError(400, 'UnknownOperationException', String(target));
    const { Entries: entries } = JSON.parse(body.toString()) as { Entries: ReceivedEvent[] };
    if (entries.length === 0 || entries.length > MOST_ENTRIES || body.length > MOST_BYTES)
      throw new ServiceError(400, 'ValidationException', `${entries.length} entries, ${body.length} bytes`);
    for (const event of entries) receive(event);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: randomUUID() })) }),
    };
  };
}
