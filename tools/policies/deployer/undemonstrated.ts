/** What the deploy role needs although no recorded call shows it: a table of docs/deployer.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-root';

export const deployerDocs = () => readFileSync(join(projectRoot, 'docs', 'deployer.md'), 'utf8');

export interface UndemonstratedRow {
  /** Actions, or resources of a statement. */
  readonly names: readonly string[];
  readonly reason: string;
  /** Addresses. */
  readonly sources: readonly string[];
}

const HEADING = '### What no recorded call shows';

/** Rows of the table below its heading. */
export function undemonstrated(docs = deployerDocs()): UndemonstratedRow[] {
  const [, section = ''] = docs.split(`\n${HEADING}\n`);
  const [table = ''] = section.split('\n#');
  return table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, names = '', reason = ''] = line.split('|');
      return {
        names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
        reason: reason.trim(),
        sources: [...line.matchAll(/\]\((https:\/\/[^)]+)\)/g)].map(([, address = '']) => address),
      };
    });
}
