/** How often Prowler, Cloud Custodian and this project call AWS for one account, all against the same emulator. */
import { readFileSync } from 'node:fs';
import { writeWhole } from '../../constructs/write-file';
import { MEASURED_FILES, type MeasuredCalls } from '../../tools/peers/compared/measured';
import { temporaryFolder } from '../../tools/support/embedded';
import { CountedMoto } from '../support/peers/counted-calls';

const USERS = [4, 228];
/** Prowler calls some 2,000 times, ms. */
const TIME = 900_000;

const { folder, remove } = temporaryFolder();
let moto: CountedMoto;
beforeAll(async () => {
  moto = await CountedMoto.start(folder);
});
afterAll(async () => {
  await moto.stop();
  remove();
});

it(
  'finds the calls that docs/peers.md shows',
  async () => {
    const tools = {
      'this project': moto.here,
      'Cloud Custodian, one policy': moto.custodian,
      'Prowler, its checks of credential reports': moto.prowler,
    };
    const found: Record<string, Record<string, number>> = {};
    let account = 400_000_000_000;
    for (const [tool, run] of Object.entries(tools)) {
      found[tool] = {};
      for (const users of USERS) {
        const { calls, seconds } = await moto.count(String(account++), users, run);
        found[tool][users] = calls;
        process.stderr.write(`${tool}: ${calls} calls, ${seconds.toFixed(1)} s for ${users} users\n`);
      }
    }
    if (process.env.RENEW) writeWhole(MEASURED_FILES.calls, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(MEASURED_FILES.calls, 'utf8')) as MeasuredCalls);
  },
  TIME,
);
