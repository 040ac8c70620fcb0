import { temporaryFolder } from '../../../tools/support/embedded';
import { Emulator } from '../../support/emulator/emulator';
import { stackInstancesOf } from '../../support/emulator/gaps';
import { createOrganization } from '../../support/emulator/organization';
import { bucketsOf } from '../inventory';
import { keyStates, putReport, storedIn } from '../stored';
import type { Section } from './blocks';
import { Workstation } from './workstation';

/** Account of the documents that stands for a logging account. */
const LOGGING_ACCOUNT = '222222222222';

/** What was there after a section was followed. */
interface Stage {
  heading: string;
  /** The bucket that is deployed then; empty if none is. */
  bucket: string;
  /** Every bucket that was deployed until then, with what it holds and what protects it. */
  buckets: Record<string, Record<string, string>>;
  /** Every key of the accounts, with its state. */
  keys: Record<string, string>;
}

export interface Followed {
  /** Before the first section, and after each. */
  stages: Stage[];
  /** Buckets at the end. */
  left: string[];
  loggingAccount: string;
}

/**
 * Deploys `production`, and follows sections of a document.
 * @param variables - section with what the shell knows
 */
export async function follow(
  variables: Section,
  sections: readonly { section: Section; environment: string }[],
): Promise<Followed> {
  const { folder, remove } = temporaryFolder();
  const emulator = await Emulator.start();
  try {
    const caller = emulator.administrator('us-east-1');
    const organization = await createOrganization(caller);
    emulator.fill(stackInstancesOf([...organization.accounts.values()]));
    const loggingAccount = organization.account('payments');
    const there = { ...(await organization.administrator('payments')), region: caller.region };
    const ownerOf = (bucket: string) => (bucket.includes(loggingAccount) ? there : caller);
    const workstation = new Workstation(folder, caller, { [LOGGING_ACCOUNT]: loggingAccount });

    const known = new Set<string>();
    const look = async (heading: string, environment: string): Promise<Stage> => {
      const output = `terraform -chdir=cdktf.out/stacks/${environment} output -raw report_bucket`;
      // Once all is destroyed, Terraform prints a warning instead.
      const printed = await workstation.run(`${output} || true`);
      const bucket = /^[a-z0-9.-]+$/.test(printed) ? printed : '';
      if (bucket !== '' && !known.has(bucket)) {
        known.add(bucket);
        await putReport(bucket, ownerOf(bucket));
      }
      const looks = [...known].map(async (name) => [name, await storedIn(name, ownerOf(name))] as const);
      return {
        heading,
        bucket,
        buckets: Object.fromEntries(await Promise.all(looks)),
        keys: { ...(await keyStates(caller)), ...(await keyStates(there)) },
      };
    };

    workstation.configure('production', { organizationId: organization.id });
    await workstation.run('cdktf deploy production --auto-approve');
    const stages = [await look('before', 'production')];
    for (const { section, environment } of sections) {
      for (const block of section.blocks)
        await workstation.follow(block, environment, variables.blocks[0]?.text);
      stages.push(await look(section.heading, environment));
    }
    return { stages, left: await bucketsOf(caller), loggingAccount };
  } finally {
    await emulator.stop();
    remove();
  }
}
