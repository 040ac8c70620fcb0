import { type HandlerFigures, brokenBounds, report } from '../../../../tools/bench/handlers/report';

const batch = { cpuMsPerAccount: 5, accountsPerSecond: 200, peakMemoryMb: 50 };
const startup = { nodeMs: 20, bundleMs: 60, unbundledMs: 110, ratio: 0.55, ratioWithoutNode: 0.44 };

const figuresWith = (ratios: { TLS: number; 'plain HTTP': number }): HandlerFigures => ({
  batches: (['TLS', 'plain HTTP'] as const).map((transport) => ({
    transport,
    sizes: [{ batchSize: 400, handler: batch, plain: batch, cpuRatio: ratios[transport] }],
  })),
  startups: [{ name: 'collect-reports', time: startup, cpu: startup }],
  firstResponse: { bundleMs: 128, unbundledMs: 197, ratio: 0.65 },
  bundles: [{ name: 'collect-reports', scriptBytes: 325_479, zipBytes: 103_870 }],
});

describe('the bound of the handlers', () => {
  it('is a CPU ratio of 3 over TLS', () => {
    expect(brokenBounds(figuresWith({ TLS: 3, 'plain HTTP': 2 }))).toEqual([]);
    expect(brokenBounds(figuresWith({ TLS: 2.99, 'plain HTTP': 2 }))).toEqual([
      'CPU ratio of batches of 400 over TLS: 2.99',
    ]);
  });

  it('does not apply to startup, and the table says why', () => {
    const text = report(figuresWith({ TLS: 3, 'plain HTTP': 2 }));
    expect(text).toContain('No bound: Node.js and its own modules already take more than a third');
    expect(text).not.toContain('BROKEN');
    expect(text).toContain('holds');
  });
});
