import * as z from 'zod/mini';
import { eventDetails } from '../../handlers/export-results/events/event-details';
import type { EventType } from '../../handlers/shared/event-names';

export const eventSchemaFile = (type: EventType) => `schemas/events/${type}.json`;

/** Text of the schema of the detail of an event, for programs in any language; later versions may add fields. */
export function eventSchemaText(type: EventType): string {
  const { $schema, ...schema } = z.toJSONSchema(eventDetails[type], { io: 'input' });
  const about = { $schema, title: type, description: `Field \`detail\` of the EventBridge event ${type}` };
  return `${JSON.stringify({ ...about, ...schema }, null, 2)}\n`;
}
