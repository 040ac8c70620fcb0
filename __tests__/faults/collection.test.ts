import fc from 'fast-check';
import { described, faultCases } from './fault-case';
import { brokenRules } from './rules';

describe('a collection', () => {
  it('loses nothing and tells the truth, whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(faultCases, async (props) => {
        const broken = await brokenRules(props);
        if (broken.length > 0)
          throw new Error(
            [described(props), ...broken.map(({ rule, detail }) => `${rule}: ${detail}`)].join('\n'),
          );
      }),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
  });
});
