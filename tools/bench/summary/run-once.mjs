/** Runs the bundle of summarize-run once, with the Node.js version of AWS Lambda, and reports what that took. */
import { createRequire } from 'node:module';

const { handler } = createRequire(import.meta.url)(process.argv[2]);

process.once('message', async (event) => {
  try {
    const started = performance.now();
    const [before, threadBefore] = [process.resourceUsage(), process.threadCpuUsage()];
    const { digest: _digest, ...result } = await handler(event);
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const thread = process.threadCpuUsage(threadBefore);
    process.send({
      seconds: Math.round((performance.now() - started) / 100) / 10,
      cpuSeconds:
        Math.round((userCPUTime + systemCPUTime - before.userCPUTime - before.systemCPUTime) / 10_000) / 100,
      threadSeconds: Math.round((thread.user + thread.system) / 10_000) / 100,
      peakMib: Math.round(maxRSS / 1024),
      result,
    });
  } catch (error) {
    process.send({ error: error.stack });
  }
  process.disconnect();
});
