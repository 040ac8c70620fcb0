import { join } from 'node:path';
import { boundsOf } from '../../../tools/bench/bounds';
import { measure } from '../../../tools/bench/measure';
import { model } from '../../../tools/bench/model';
import { modelledRun } from '../../../tools/bench/modelled-run';
import { ourDesign } from '../../../tools/bench/our-design';
import { rescaled } from '../../../tools/bench/rescaled';
import { type SynthesizedStack, readStack } from '../../../local/synthesized-stack';
import { Synthesis } from '../../../local/synthesis';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';

describe('the modelled run of what would be deployed', () => {
  const { folder, remove } = temporaryFolder();
  let stack: SynthesizedStack;
  beforeAll(async () => {
    process.env.AWS_REGION = 'us-east-1';
    jest.spyOn(console, 'log').mockReturnValue();
    const synthesis = await Synthesis.make({ project: projectCopy(join(folder, 'project')) });
    stack = readStack(synthesis.fileOf('production'), '100000000000');
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
    expect(figures.comparator.seconds).toBeGreaterThan(figures.seconds);
  });

  it('does the same again for the same seed', async () => {
    const run = () => modelledRun(ourDesign(stack), { accounts: 60, reportTime: model.report, seed: 7 });
    const [one, other] = [await run(), await run()];
    expect(other.seconds).toBe(one.seconds);
    expect(other.histories.transitions).toBe(one.histories.transitions);
    expect(other.lambda.gbSeconds).toBe(one.lambda.gbSeconds);
  });

  it('has the parent write the same history for one batch and for many', async () => {
    const parentEvents = async (accounts: number, batchSize: number) => {
      const design = ourDesign(rescaled(stack, { batchSize }));
      const run = await modelledRun(design, { accounts, reportTime: model.report, seed: 1 });
      return run.histories.maxParentEvents;
    };
    expect(await parentEvents(200, 2)).toBe(await parentEvents(200, 200));
  });

  it('keeps payloads below 64 KiB when every account fails', async () => {
    // A short wait is enough; 600 accounts are more than the digest can name.
    const waiting = { seconds: 4, cycles: 1 };
    const definition = JSON.parse(
      JSON.stringify(stack.stateMachine.definition).replaceAll(
        /"waiting":\{[^}]*\}/g,
        `"waiting":${JSON.stringify(waiting)}`,
      ),
    ) as typeof stack.stateMachine.definition;
    const design = ourDesign({ ...stack, stateMachine: { ...stack.stateMachine, definition } });
    const never = { medianSeconds: 1e6, sigma: 0 };
    const { status, world, histories } = await modelledRun(design, {
      accounts: 600,
      reportTime: never,
      seed: 1,
    });
    expect([status, world.bucket.reports]).toEqual(['SUCCEEDED', 0]);
    expect(histories.maxPayloadBytes).toBeGreaterThan(40 * 1024);
    expect(histories.maxPayloadBytes).toBeLessThanOrEqual(64 * 1024);
  });
});
