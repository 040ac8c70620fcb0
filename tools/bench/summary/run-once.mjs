/** Runs the bundle of summarize-run once, with the Node.js version of AWS Lambda, and reports what that took. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const STATUS = '/proc/self/status';

/**
 * Most memory that this process had, KiB. Linux gives `maxRSS` of the process that started this one, if that had more: it is that of
 * the stand-in for S3, which keeps its objects in memory.
 */
function peakKib() {
  const [, peak] = existsSync(STATUS)
    ? (/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8')) ?? [])
    : [];
  return peak === undefined ? process.resourceUsage().maxRSS : Number(peak);
}

const { handler } = createRequire(import.meta.url)(process.argv[2]);

process.once('message', async (event) => {
  try {
    const started = performance.now();
    const [before, threadBefore] = [process.resourceUsage(), process.threadCpuUsage()];
    const { digest: _digest, ...result } = await handler(event);
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    const thread = process.threadCpuUsage(threadBefore);
    process.send({
      seconds: Math.round((performance.now() - started) / 100) / 10,
      cpuSeconds:
        Math.round((userCPUTime + systemCPUTime - before.userCPUTime - before.systemCPUTime) / 10_000) / 100,
      threadSeconds: Math.round((thread.user + thread.system) / 10_000) / 100,
      peakMib: Math.round(peakKib() / 1024),
      result,
    });
  } catch (error) {
    process.send({ error: error.stack });
  }
  process.disconnect();
});
