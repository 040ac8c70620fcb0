import { setTimeout as pause } from 'node:timers/promises';
import { Meter } from '../../../../tools/bench/handlers/meter';

describe('the meter of batches', () => {
  it('charges a collector that waits for nothing, because nothing is sampled while times are measured', async () => {
    const meter = new Meter();
    const setInterval = jest.spyOn(globalThis, 'setInterval');
    await meter.time(() => pause(50), ['111111111111', '222222222222'], 1);
    expect(setInterval).not.toHaveBeenCalled();
    expect(meter.figures.accountsPerSecond).toBeLessThan(2 / 0.04);
    expect(meter.figures.peakMemoryMb).toBe(0);
    setInterval.mockRestore();
  });

  it('measures the memory of a batch while it is collected, whatever buffers an earlier batch left', async () => {
    const meter = new Meter();
    leaveBuffers();
    await meter.memory(
      async () => {
        const kept = Buffer.alloc(30 * 2 ** 20);
        await pause(50);
        expect(kept).toHaveLength(30 * 2 ** 20);
      },
      ['111111111111'],
      1,
    );
    expect(meter.figures.peakMemoryMb).toBeGreaterThan(29);
  });
});

/** Fills buffers that nothing refers to when it returns. */
function leaveBuffers(): void {
  for (let buffer = 0; buffer < 20; buffer++) Buffer.alloc(2 ** 20, 1);
}
