/** The tables of `docs/frameworks.md`, from the files of the frameworks: also of one that `index.ts` does not list yet. */
import { checks } from '../../handlers/checks';
import { type Framework, controlsOf } from '../../handlers/frameworks/framework';
import { projectRoot } from '../support/project-root';
import { readFrameworks } from './frameworks';
import { codes, table } from './markdown';

/** Every framework, with the number of controls that are assessed and the sources. */
export const frameworksTable = (frameworks: readonly Framework[] = readFrameworks(projectRoot)) =>
  table(
    ['framework', 'name', 'version', 'assessed controls', 'source'],
    frameworks.map(({ id, name, version, controls, source }) => [
      codes([id]),
      name,
      version,
      String(controls.length),
      [
        ...source.map(link),
        ...controls.flatMap((one) => (one.source ? `${one.id}: ${link(one.source)}` : [])),
      ].join(', '),
    ]),
  );

const link = (url: string) => `[${url.split('/').at(-1) ?? url}](${url})`;

/** Whether a report shows only a part of everything that a framework asks for. */
const isPartial = ({ controls }: Framework) => controls.every(({ partial }) => partial);

/** Each check with its control in the frameworks that have controls which checks assess as a whole. */
export const wholeControlsTable = (frameworks: readonly Framework[] = readFrameworks(projectRoot)) =>
  controlsTable(frameworks.filter((framework) => !isPartial(framework)));

/** The same for frameworks whose controls all ask for more than a report shows. */
export const partialControlsTable = (frameworks: readonly Framework[] = readFrameworks(projectRoot)) =>
  controlsTable(frameworks.filter(isPartial));

const controlsTable = (frameworks: readonly Framework[]) =>
  table(
    ['check', ...frameworks.map(({ label }) => label)],
    checks.map(({ id: check }) => [
      codes([check]),
      ...frameworks.map((framework) => numbersOf(framework, check)),
    ]),
  );

const numbersOf = (framework: Framework, check: string) =>
  controlsOf(framework, check)
    .map(({ id, partial }) => (partial && !isPartial(framework) ? `${id} (in part)` : id))
    .join(', ') || 'none';
