import fc from 'fast-check';
import { described, faultCases } from '../../../tools/faults/fault-case';
import { brokenRules } from '../../../tools/faults/rules';

/** Cases of an ordinary test run; `npm run test:faults` runs more. */
const CASES = 200;
/** On a machine that has nothing else to do they take half a minute, ms. */
const LONGEST = 600_000;

describe('a collection', () => {
  it(
    'loses nothing and tells the truth, whatever goes wrong',
    async () => {
      const everyRule = fc.asyncProperty(faultCases, async (props) => {
        const broken = await brokenRules(props);
        if (broken.length === 0) return;
        throw new Error(
          [described(props), ...broken.map(({ rule, detail }) => `${rule}: ${detail}`)].join('\n'),
        );
      });
      await fc.assert(everyRule, { numRuns: CASES });
    },
    LONGEST,
  );
});
