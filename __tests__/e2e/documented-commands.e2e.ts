/** Follows docs/changing-your-mind.md and docs/leaving.md from top to bottom, as somebody would who means each change. */
import { temporaryFolder } from '../../tools/support/embedded';
import { Emulator } from '../support/emulator/emulator';
import { MANAGEMENT, createOrganization } from '../support/emulator/organization';
import { stackInstancesOf } from '../support/emulator/gaps';
import { type Section, sectionsOf } from './documented-commands/blocks';
import { Workstation } from './documented-commands/workstation';
import { bucketsOf, keyStates, putReport, storedIn } from './second-apply/stored';

/** Time for all of it, ms. */
const TIME = 900_000;

/** What was there after a section was followed. */
interface Followed {
  heading: string;
  /** The bucket that is deployed then. */
  bucket: string;
  /** Every bucket that was ever deployed, with what it holds and what protects it. */
  buckets: Record<string, Record<string, string>>;
  /** Every key of the accounts, with its state. */
  keys: Record<string, string>;
}

describe('somebody who changes their mind', () => {
  const [variables, ...sections] = sectionsOf('docs/changing-your-mind.md');
  const [keep, deletion] = sectionsOf('docs/leaving.md');
  const followed: Followed[] = [];
  let loggingAccount: string;
  /** Buckets at the very end. */
  let left: string[];

  beforeAll(async () => {
    const { folder, remove } = temporaryFolder();
    const emulator = await Emulator.start();
    try {
      const organization = await createOrganization(emulator.administrator('us-east-1'));
      emulator.fill(stackInstancesOf([...organization.accounts.values()]));
      loggingAccount = organization.account('payments');
      const administrators = {
        [MANAGEMENT]: await organization.administrator(MANAGEMENT),
        payments: { ...(await organization.administrator('payments')), region: 'us-east-1' },
      };
      const ownerOf = (bucket: string) =>
        administrators[bucket.includes(loggingAccount) ? 'payments' : MANAGEMENT];
      const workstation = new Workstation(folder, administrators[MANAGEMENT], {
        '222222222222': loggingAccount,
      });

      const known = new Set<string>();
      const look = async (heading: string, environment: string) => {
        const bucket = await workstation.run(
          `terraform -chdir=cdktf.out/stacks/${environment} output -raw report_bucket`,
        );
        if (!known.has(bucket)) await putReport(bucket, ownerOf(bucket));
        known.add(bucket);
        const buckets = [...known].map(async (name) => [name, await storedIn(name, ownerOf(name))] as const);
        const keys = await Promise.all(Object.values(administrators).map(keyStates));
        followed.push({
          heading,
          bucket,
          buckets: Object.fromEntries(await Promise.all(buckets)),
          keys: Object.assign({}, ...keys) as Followed['keys'],
        });
      };
      const follow = async (section: Section, environment: string) => {
        for (const block of section.blocks)
          await workstation.follow(block, environment, variables?.blocks[0]?.text);
      };

      workstation.configure('production', { organizationId: organization.id });
      await workstation.run('cdktf deploy production --auto-approve');
      await look('before', 'production');
      for (const section of sections) {
        await follow(section, 'production');
        await look(section.heading, 'production');
      }
      await follow(keep!, 'production');
      await look(keep!.heading, 'audit');
      await follow(renamed(deletion!, 'production', 'audit'), 'audit');
      left = await bucketsOf(administrators[MANAGEMENT]);
    } finally {
      await emulator.stop();
      remove();
    }
  }, TIME);

  const at = (heading: string) => followed.find((one) => one.heading === heading)!;

  it('uses the bucket that each section is about', () => {
    const [first, another, again, key, logging] = followed.map(({ bucket }) => bucket);
    expect(another).toBe('example-audit-reports');
    expect([again, key]).toEqual([first, first]);
    expect(logging).toContain(loggingAccount);
  });

  it('loses no report and no protection of any bucket', () => {
    const seen = followed.flatMap(({ heading, buckets }) =>
      Object.entries(buckets).flatMap(([name, place]) =>
        Object.entries(place)
          .filter(([what, value]) => what !== 'lock' && /^"(No|\w*Error|\w*NotFound)/.test(value))
          .map(([what, value]) => `${heading}: ${name} ${what} ${value}`),
      ),
    );
    expect(seen).toEqual([]);
    expect(Object.keys(at(keep!.heading).buckets)).toHaveLength(4);
  });

  it('loses no key', () => {
    const states = followed.map(({ keys }) => keys);
    const known = Object.keys(Object.assign({}, ...states) as object);
    expect(known.length).toBeGreaterThan(2);
    const last = states.at(-1)!;
    expect(known.filter((key) => last[key] !== 'Enabled')).toEqual([]);
  });

  it('deletes every report only of the environment that allows it', () => {
    const { bucket, buckets } = at(keep!.heading);
    const own = Object.keys(buckets).filter((name) => !name.includes(loggingAccount));
    expect(left.sort()).toEqual(own.filter((name) => name !== bucket).sort());
  });
});

/** A section about one environment, for another one. */
const renamed = ({ heading, blocks }: Section, from: string, to: string): Section => ({
  heading,
  blocks: blocks.map(({ language, text }) => ({ language, text: text.replaceAll(from, to) })),
});
