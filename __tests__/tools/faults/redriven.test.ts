/** A run that fails on one day and is redriven on another. */
import { prefixes } from '../../../handlers/shared/bucket-layout';
import { redriveRules } from '../../../tools/faults/redrive-rules';
import { stateRules } from '../../../tools/faults/broken-rules';
import { readRun } from '../../../tools/faults/run-files';
import { Simulation } from '../../../tools/faults/simulation';
import { noFaults } from './no-faults';

beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const DAYS = 3;

describe(`a run that failed ${DAYS} days ago and is redriven now`, () => {
  it.each(['list-accounts', 'summarize-run'] as const)(
    'because of %s keeps its date, and takes no use since then for one in the future',
    async (failing) => {
      const simulation = new Simulation({
        ...noFaults,
        accounts: 3,
        batchSize: 2,
        invocationFaults: [{ function: failing, kind: 'refused', after: 0, times: Infinity, requests: 0 }],
      });
      const [failed] = await simulation.run(['run'], { faulty: true, daysAgo: DAYS });
      expect(failed!.result).toMatchObject({ status: 'FAILED' });
      const redriven = await simulation.redriven(failed!);

      expect(redriveRules(failed!, redriven)).toEqual([]);
      expect(stateRules(simulation, [redriven])).toEqual([]);
      const files = readRun(simulation.bucket, redriven)!;
      const date = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
      expect(files.manifest).toMatchObject({ date, totals: { collected: 3, failed: 0 } });
      const [findings = ''] = simulation.bucket
        .keysBelow(`${prefixes.runs}${files.run}/`)
        .filter((key) => key.endsWith('/findings.csv'));
      expect(simulation.bucket.text(findings)).not.toMatch(/future|cannot be evaluated/);
    },
  );
});

describe('the rules of a redrive', () => {
  it('are broken by a run that repeats what had succeeded, and by one that fails again', async () => {
    const simulation = new Simulation({
      ...noFaults,
      invocationFaults: [
        { function: 'summarize-run', kind: 'refused', after: 0, times: Infinity, requests: 0 },
      ],
    });
    const [failed] = await simulation.run(['run'], { faulty: true });
    const { deliveries } = failed!;
    const again = { ...failed!, deliveries: [...deliveries, deliveries[0]!] };
    expect(redriveRules(failed!, again).map(({ rule }) => rule)).toEqual([
      'a run that failed can be redriven',
      'a redrive does not repeat what had succeeded',
    ]);
  });
});
