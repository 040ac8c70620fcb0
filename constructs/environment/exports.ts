import * as z from 'zod';
import { fieldsOf } from './fields';

/** What other systems get of a run. */

/** Where events are sent. */
const eventBuses = ['none', 'default', 'own'] as const;

export const exportOptions = fieldsOf({
  events: z
    .enum(eventBuses, `must be one of ${eventBuses.map((bus) => `"${bus}"`).join(', ')}`)
    .default('none')
    .describe(
      'Event bus of Amazon EventBridge that gets an event for each run, and one for each account with new or resolved findings. ' +
        '`default`: that of the account that collects, in the Region of the environment. `own`: a bus that is created, to ' +
        'which nothing else sends. `none`: no events are sent.',
    ),
  ocsf: z
    .boolean('must be true or false')
    .default(false)
    .describe(
      'Whether every run writes its findings in the format of OCSF below `exports/`, for systems that take that in: see ' +
        '[OCSF](ocsf.md).',
    ),
})
  .prefault({})
  .describe('What other systems get of every run: see [integrations](integrations.md). By default nothing.');

export type ExportOptions = z.output<typeof exportOptions>;

export const exportsAnything = ({ events, ocsf }: ExportOptions): boolean => events !== 'none' || ocsf;
