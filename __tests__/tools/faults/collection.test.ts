import fc from 'fast-check';
import { brokenRules } from '../../../tools/faults/broken-rules';
import { faultCases, formatCase } from '../../../tools/faults/fault-case';

/** `npm run test:faults` runs more. */
const CASES = 200;
/** Half a minute is enough on an idle machine, ms. */
const TIMEOUT = 600_000;

describe('a collection', () => {
  it(
    'keeps every rule, whatever goes wrong',
    async () => {
      const everyRuleHolds = fc.asyncProperty(faultCases, async (props) => {
        const broken = await brokenRules(props);
        if (broken.length === 0) return;
        throw new Error(
          [formatCase(props), ...broken.map(({ rule, detail }) => `${rule}: ${detail}`)].join('\n'),
        );
      });
      await fc.assert(everyRuleHolds, { numRuns: CASES });
    },
    TIMEOUT,
  );
});
