import { join } from 'node:path';
import { boundsOf } from '../../../../tools/bench/bounds';
import { measure } from '../../../../tools/bench/measure';
import { COLLECTING_ACCOUNT, model } from '../../../../tools/bench/model';
import { modeledRun } from '../../../../tools/bench/modeled-run';
import { deployedDesign } from '../../../../tools/bench/designs/deployed-design';
import { withScale } from '../../../../tools/bench/designs/with-scale';
import { type SynthesizedStack, readStack } from '../../../../local/synthesized-stack';
import { Synthesis } from '../../../../local/synthesis';
import { temporaryFolder } from '../../../../tools/support/embedded';
import type { RunSettings } from '../../../../handlers/shared/events';
import { settingsHash } from '../../../../handlers/shared/settings-hash';
import { defaultSettings } from '../../../../tools/support/embedded-execution';
import { projectCopy } from '../../../support/project-copy';

/** The stack with other settings of its runs: in its definition, and as the hash that list-accounts accepts. */
function withSettings(stack: SynthesizedStack, settings: RunSettings): SynthesizedStack {
  const text = JSON.stringify(stack);
  const changed = text
    .replace(JSON.stringify(defaultSettings), JSON.stringify(settings))
    .replace(settingsHash(defaultSettings), settingsHash(settings));
  return JSON.parse(changed) as SynthesizedStack;
}

describe('a modeled run of what would be deployed', () => {
  const { folder, remove } = temporaryFolder();
  let stack: SynthesizedStack;
  beforeAll(async () => {
    process.env.AWS_REGION = 'us-east-1';
    const synthesis = await Synthesis.make({ project: projectCopy(join(folder, 'project')) });
    stack = readStack(synthesis.fileOf('production'), COLLECTING_ACCOUNT);
    synthesis.remove();
  });
  afterAll(() => {
    remove();
    delete process.env.AWS_REGION;
    jest.restoreAllMocks();
  });

  it('keeps every bound with 300 accounts', async () => {
    const figures = await measure(stack, { accounts: 300, reportTime: model.report, seed: 1 });
    expect(boundsOf(figures).filter(({ holds }) => !holds)).toEqual([]);
    expect(figures.seconds).toBeGreaterThan(figures.floorSeconds);
    expect(figures.published.seconds).toBeGreaterThan(figures.seconds);
    // Each account is logged at least once, and has its role assumed.
    expect(figures.logBytesPerAccount).toBeGreaterThan(300);
    expect(figures.managementEventsPerAccount).toBeGreaterThan(2 * figures.stsCallsPerAccount + 2);
  });

  it('is the same for the same seed', async () => {
    const run = () => modeledRun(deployedDesign(stack), { accounts: 60, reportTime: model.report, seed: 7 });
    const [one, other] = [await run(), await run()];
    expect(other.seconds).toBe(one.seconds);
    expect(other.histories.transitions).toBe(one.histories.transitions);
    expect(other.lambda.gbSeconds).toBe(one.lambda.gbSeconds);
  });

  it('has the same number of events in the history of the parent for one batch and for many', async () => {
    const parentEvents = async (accounts: number, batchSize: number) => {
      const design = deployedDesign(withScale(stack, { batchSize }));
      const run = await modeledRun(design, { accounts, reportTime: model.report, seed: 1 });
      return run.histories.maxParentEvents;
    };
    expect(await parentEvents(200, 2)).toBe(await parentEvents(200, 200));
  });

  it('keeps payloads below 64 KiB when every account fails', async () => {
    // A short wait is enough; the digest has no room for 600 accounts.
    const waiting = { seconds: 4, cycles: 1 };
    const design = deployedDesign(withSettings(stack, { ...defaultSettings, waiting }));
    const never = { medianSeconds: 1e6, sigma: 0 };
    const { status, services, histories } = await modeledRun(design, {
      accounts: 600,
      reportTime: never,
      seed: 1,
    });
    expect([status, services.bucket.reports]).toEqual(['SUCCEEDED', 0]);
    expect(histories.maxPayloadBytes).toBeGreaterThan(40 * 1024);
    expect(histories.maxPayloadBytes).toBeLessThanOrEqual(64 * 1024);
  });
});
