import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Where the script of the page is, as a text that the function puts into every page. */
export const PAGE_SCRIPT = 'handlers/summarize-run/output/page/script.ts';

/** esbuild writes them as they are, and the page has none. */
const CONTROL = /[\p{Cc}--\n]/gv;
const escaped = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** The script of the page, made from its sources: one text without imports, for browsers since 2023. */
export function pageScript(root: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [join(root, 'handlers/summarize-run/output/page/client/main.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
  });
  const text = (outputFiles[0]?.text ?? '').replace(CONTROL, escaped);
  return [
    '/** Made from `client/main.ts` by `npm run generate`. Without scripts, the page shows a part of its data. */',
    `export const SCRIPT = ${JSON.stringify(text)};`,
    '',
  ].join('\n');
}
