import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceSection, table } from '../../../tools/generate/markdown';
import { projectRoot } from '../../../tools/support/project-root';
import type { Row } from './run-chain';

const DOCUMENT = 'docs/changing-your-mind.md';

/** The document as it is. */
export const documentText = () => readFileSync(join(projectRoot, DOCUMENT), 'utf8');

/** The document with these rows in its table. */
export function documentWith(rows: readonly Row[]): string {
  const cells = rows.map(({ option, from, to, plan, until, differs }) => [
    code(option),
    code(from),
    code(to),
    planText(until, plan),
    afterwards(until, differs),
  ]);
  const header = ['option', 'from', 'to', 'plan', 'previous bucket and keys'];
  return replaceSection(documentText(), DOCUMENT, 'second-apply', table(header, cells));
}

export function saveDocument(rows: readonly Row[]): void {
  writeFileSync(join(projectRoot, DOCUMENT), documentWith(rows));
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

function planText(until: Row['until'], plan: string): string {
  if (until === 'refuse') return `refused: ${plan}`;
  return until === 'adopt' ? `after [the import of the bucket](#go-back-to-a-bucket): ${plan}` : plan;
}

function afterwards(until: Row['until'], differs: readonly string[]): string {
  if (until === 'plan') return 'not affected';
  return differs.length === 0 ? 'as before' : `as before, but ${differs.join(', ')}`;
}
