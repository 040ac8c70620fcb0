/** Follows docs/changing-your-mind.md and docs/leaving.md from top to bottom, as somebody would who means each change. */
import { temporaryFolder } from '../../tools/support/embedded';
import { Emulator } from '../support/emulator/emulator';
import { MANAGEMENT, createOrganization } from '../support/emulator/organization';
import { stackInstancesOf } from '../support/emulator/gaps';
import { type Section, sectionsOf } from './documented-commands/blocks';
import { Workstation } from './documented-commands/workstation';
import { keyStates, putReport, storedIn } from './second-apply/stored';

/** Time for all of it, ms. */
const TIME = 900_000;

/** What was there after a section was followed. */
interface Followed {
  heading: string;
  /** The bucket that is deployed then. */
  bucket: string;
  /** Every bucket that was ever deployed, with what it holds. */
  buckets: Record<string, Record<string, string>>;
  keys: Record<string, string>;
}

describe('somebody who changes their mind', () => {
  const [variables, ...sections] = sectionsOf('docs/changing-your-mind.md');
  const [keep, deletion] = sectionsOf('docs/leaving.md');
  const followed: Followed[] = [];

  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    const emulator = await Emulator.start();
    try {
      const caller = emulator.administrator('us-east-1');
      const organization = await createOrganization(caller);
      emulator.fill(stackInstancesOf([...organization.accounts.values()]));
      const workstation = new Workstation(folder, caller, {
        '222222222222': organization.account('payments'),
      });
      workstation.configure('production', { organizationId: organization.id });
      await workstation.run('cdktf deploy production --auto-approve');

      const owners = new Map<string, string>();
      const look = async (heading: string, name = 'production') => {
        const bucket = await workstation.run(
          `terraform -chdir=cdktf.out/stacks/${name} output -raw report_bucket`,
        );
        const owner = bucket.includes(organization.account('payments')) ? 'payments' : MANAGEMENT;
        if (!owners.has(bucket))
          await putReport(bucket, { ...(await organization.administrator(owner)), region: 'us-east-1' });
        owners.set(bucket, owner);
        const buckets: Followed['buckets'] = {};
        const keys: Followed['keys'] = {};
        for (const [known, of] of owners) {
          const administrator = { ...(await organization.administrator(of)), region: 'us-east-1' };
          buckets[known] = await storedIn(known, administrator);
          Object.assign(keys, await keyStates(administrator));
        }
        followed.push({ heading, bucket, buckets, keys });
      };
      const follow = async ({ heading, blocks }: Section, name: string) => {
        for (const block of blocks) await workstation.follow(block, name, variables?.blocks[0]?.text);
        await look(heading, name);
      };

      await look('at first');
      for (const section of sections) await follow(section, 'production');
      for (const block of keep?.blocks ?? []) await workstation.follow(block, 'production');
      await look('production is gone', 'audit');
      for (const { language, text } of deletion?.blocks ?? [])
        await workstation.follow({ language, text: text.replaceAll('production', 'audit') }, 'audit');
    } finally {
      await emulator.stop();
      remove();
    }
  }, TIME);

  it('uses another bucket, and the first one again', () => {
    console.log(JSON.stringify(followed, null, 1));
  });
});
