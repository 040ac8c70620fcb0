/** The list of checks, from the files of their folder. Imports no check: the list may name one that is gone. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'handlers/checks';
export const CHECK_INDEX = `${FOLDER}/index.ts`;

/** `root-mfa` as a name in TypeScript: `rootMfa`. */
const exportOf = (id: string) => id.replaceAll(/-(.)/g, (_, next: string) => next.toUpperCase());

/** IDs of the checks: the files that export a check with their own name. Others are what checks share. */
function checkIds(root: string): string[] {
  return readdirSync(join(root, FOLDER))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((id) => {
      const isCheck = new RegExp(`^export const ${exportOf(id)}: \\w*Check = `, 'm');
      return isCheck.test(readFileSync(join(root, FOLDER, `${id}.ts`), 'utf8'));
    })
    .sort();
}

/** Text of `handlers/checks/index.ts`. */
export function checkIndex(root: string): string {
  const ids = checkIds(root);
  return [
    '/** Every check, in the order of the IDs. Written by `npm run generate` from the files of this folder. */',
    `import type { Check } from './check';`,
    ...ids.map((id) => `import { ${exportOf(id)} } from './${id}';`),
    '',
    'export const checks: readonly Check[] = [',
    ...ids.map((id) => `  ${exportOf(id)},`),
    '];',
    '',
  ].join('\n');
}
