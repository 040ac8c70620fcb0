import * as z from 'zod';
import { severities } from '../../handlers/checks/check';
import { frameworks } from '../../handlers/frameworks';
import { NAMES, checkId } from './check-id';
import { exemption, repeatedExemptions } from './exemption';
import { fieldsOf, text, uniqueList } from './fields';
import { machineOptions, thresholdOptions } from './thresholds';

/** Frameworks, checks with their thresholds and severities, and the findings that are accepted. */

const frameworkIds = frameworks.map(({ id }) => id);
const frameworkId = z.enum(frameworkIds, `must be the ID of a framework: ${frameworkIds.join(', ')}`);

/**
 * Exemptions travel to a function in the state machine's definition. A state may hold 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), of which this leaves half.
 */
const MOST_EXEMPTION_BYTES = 128 * 1024;

export const checkOptions = fieldsOf({
  frameworks: uniqueList(frameworkId)
    .default(['cis-v7.0', 'cis-v5.0'])
    .describe(
      'Benchmarks, standards and laws whose controls are shown. Their checks are on; see `docs/frameworks.md`.',
    ),
  on: uniqueList(checkId)
    .default([])
    .describe('Checks that are on although none of the frameworks asks for them; see `docs/checks.md`.'),
  off: uniqueList(checkId)
    .default([])
    .describe('Checks that are off. A control of a framework that needs one of them is not assessed.'),
  severities: z
    .partialRecord(checkId, z.enum(severities, `must be one of ${severities.join(', ')}`), {
      // Zod's types do not know that a record of certain keys can also have keys that it does not know.
      error: ({ code, keys }: { code?: string; keys?: string[] }) =>
        code === 'unrecognized_keys'
          ? `${NAMES}, not "${keys?.join('", "')}": ${checkId.options.join(', ')}`
          : 'must be an object',
    })
    .default({})
    .describe('Severities other than those of `docs/checks.md`, by the ID of the check.'),
  ...thresholdOptions,
  machines: machineOptions,
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
  .check(({ value: { on, off }, issues }) => {
    const both = [...new Set(on)].filter((check) => off.includes(check));
    const message = `must not list ${both.join(', ')}, which \`on\` lists too`;
    if (both.length > 0) issues.push({ code: 'custom', path: ['off'], input: off, message });
  })
  .prefault({})
  .describe('Frameworks, checks with their thresholds, and exemptions.');
