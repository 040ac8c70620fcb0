/** Follows docs/changing-your-mind.md and docs/leaving.md from top to bottom, as somebody would who means each change. */
import { type Section, sectionsOf } from './documented-commands/blocks';
import { type Followed, follow } from './documented-commands/follow';

/** Time for all of it, ms. */
const TIME = 1_800_000;

const [variables, ...changes] = sectionsOf('docs/changing-your-mind.md');
const [keep, deletion] = sectionsOf('docs/leaving.md');
const isAboutNames = ({ heading }: Section) => /^(Give|Upgrade)/.test(heading);

describe('somebody who changes their mind', () => {
  let storage: Followed;
  let names: Followed;

  beforeAll(async () => {
    const stages = (sections: readonly Section[]) =>
      sections.map((section) => ({ section, environment: 'production' }));
    [storage, names] = await Promise.all([
      follow(variables!, stages([...changes.filter((one) => !isAboutNames(one)), keep!])),
      follow(variables!, [
        ...stages(changes.filter(isAboutNames)),
        { section: { heading: 'audit', blocks: [] }, environment: 'audit' },
        { section: renamed(deletion!, 'production', 'audit'), environment: 'audit' },
      ]),
    ]);
  }, TIME);

  it('follows every section', () => {
    expect(changes.filter(isAboutNames)).toHaveLength(3);
    expect(storage.stages).toHaveLength(changes.length - 3 + 2);
  });

  it('uses the bucket that each section is about', () => {
    const [first, another, again, key, logging] = storage.stages.map(({ bucket }) => bucket);
    expect(another).toBe('example-audit-reports');
    expect([again, key]).toEqual([first, first]);
    expect(logging).toContain(storage.loggingAccount);
  });

  it('loses no report and no protection of any bucket, also when the rest of the deployment is gone', () => {
    const lost = storage.stages.flatMap(({ heading, buckets }) =>
      Object.entries(buckets).flatMap(([name, place]) =>
        Object.entries(place)
          .filter(([what, value]) => what !== 'lock' && /^"(No|\w*Error|\w*NotFound)/.test(value))
          .map(([what, value]) => `${heading}: ${name} ${what} ${value}`),
      ),
    );
    expect(lost).toEqual([]);
    expect(Object.keys(storage.stages.at(-1)!.buckets)).toHaveLength(3);
  });

  it('loses no key', () => {
    const { keys } = storage.stages.at(-1)!;
    expect(Object.values(keys)).toEqual(['Enabled']);
  });

  it('deletes every report of an environment that allows it, and of no other', () => {
    const [production, audit] = [names.stages[0]!, names.stages.find(({ heading }) => heading === 'audit')!];
    expect(audit.buckets[audit.bucket]?.report).not.toContain('NoSuch');
    expect(names.left).toEqual([production.bucket]);
  });
});

/** A section about one environment, for another one. */
const renamed = ({ heading, blocks }: Section, from: string, to: string): Section => ({
  heading,
  blocks: blocks.map(({ language, text }) => ({ language, text: text.replaceAll(from, to) })),
});
