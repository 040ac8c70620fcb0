import * as z from 'zod';
import { exemption, repeatedExemptions } from './exemption';
import { fieldsOf, text } from './fields';

/** Thresholds of the checks, and the findings that are accepted. */

/** More than ten years is a mistake. */
const MOST_DAYS = 3650;

const days = (defaultDays: number) => {
  const message = `must be a whole number of days from 1 to ${MOST_DAYS}`;
  return z.int(message).min(1, message).max(MOST_DAYS, message).default(defaultDays);
};

/**
 * Exemptions travel to a function in the state machine's definition. A state may hold 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), of which this leaves half.
 */
const MOST_EXEMPTION_BYTES = 128 * 1024;

export const checkOptions = fieldsOf({
  unusedDays: days(45).describe(
    'A credential fails `unused-45-days` when it has not been used for this many days. CIS: 45.',
  ),
  rotationDays: days(90).describe(
    'An access key fails `key-rotation-90-days` when it is older than this many days. CIS: 90.',
  ),
  rootUnusedDays: days(30).describe(
    'The root user fails `root-recent-use` when it was used less than this many days ago. CIS does not give a number.',
  ),
  exemptions: z
    .array(exemption, 'must be a list of exemptions')
    .refine(
      (list) => Buffer.byteLength(JSON.stringify(list)) <= MOST_EXEMPTION_BYTES,
      'must be at most 128 KiB in total; put them into the file that `checks.exemptionsFile` names',
    )
    .refine((list) => repeatedExemptions(list).length === 0, {
      error: ({ input }) => repeatedExemptions(input as unknown[])[0] ?? '',
      when: ({ value }) => Array.isArray(value),
    })
    .default([])
    .describe('Findings that you accept, each for one check and until a date. They are shown as exempt.'),
  exemptionsFile: text(/^[^\p{Cc}\p{Cs}]{1,400}\.json$/u, 'the path of a .json file')
    .optional()
    .describe(
      'Path of a file with more exemptions, from the folder of this file, such as `exemptions/production.json`: see ' +
        'docs/exemptions.md. It is deployed with the functions, and every run keeps a copy. Default: no file.',
    ),
})
  .prefault({})
  .describe('Thresholds and exemptions of the checks.');
