import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import pMap from 'p-map';
import { EVENT_SOURCE } from '../../shared/event-names';
import type { ResultEvent } from './event-details';

/**
 * Events of a call (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html). An event has some 10 KB at most,
 * far below the 256 KB of a call.
 */
const EVENTS_PER_CALL = 10;
/** Calls at the same time. EventBridge accepts hundreds a second (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html). */
const CALLS_AT_ONCE = 10;
/** Times that an event is sent before it counts as refused, in half a minute: EventBridge refuses single events when it throttles. */
const TRIES = 7;

export interface SentEvents {
  /** Events that EventBridge did not accept. */
  refused: number;
  /** Why the last of them was refused. */
  problem?: string;
}

/** Sends all events, whatever happens to some of them. */
export async function sendEvents(
  client: EventBridgeClient,
  bus: string,
  events: readonly ResultEvent[],
  pause: (tried: number) => Promise<void>,
): Promise<SentEvents> {
  let open = events.map(({ type, detail }) => ({
    EventBusName: bus,
    Source: EVENT_SOURCE,
    DetailType: type,
    Time: new Date(detail.run.startedAt),
    Resources: [],
    Detail: JSON.stringify(detail),
  }));
  let problem: string | undefined;
  for (let tried = 0; open.length > 0 && tried < TRIES; tried++) {
    if (tried > 0) await pause(tried);
    const calls = Array.from({ length: Math.ceil(open.length / EVENTS_PER_CALL) }, (_, call) =>
      open.slice(call * EVENTS_PER_CALL, (call + 1) * EVENTS_PER_CALL),
    );
    const refused = await pMap(calls, (entries) => send(client, entries), { concurrency: CALLS_AT_ONCE });
    open = refused.flatMap(({ entries }) => entries);
    problem = refused.findLast(({ reason }) => reason !== undefined)?.reason ?? problem;
  }
  return { refused: open.length, ...(open.length > 0 && problem !== undefined && { problem }) };
}

interface Refused<Entry> {
  entries: Entry[];
  reason?: string;
}

/** The entries of a call that were not accepted: all of them if the call failed. */
async function send<Entry extends PutEventsRequestEntry>(
  client: EventBridgeClient,
  entries: Entry[],
): Promise<Refused<Entry>> {
  try {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    const refused = entries.flatMap((entry, index) =>
      results[index]?.EventId ? [] : { entry, ...results[index] },
    );
    const [{ ErrorCode, ErrorMessage } = {}] = refused;
    return {
      entries: refused.map(({ entry }) => entry),
      ...(refused.length > 0 && { reason: `${ErrorCode ?? 'no answer'}: ${ErrorMessage ?? ''}` }),
    };
  } catch (error) {
    return { entries, reason: String(error) };
  }
}
