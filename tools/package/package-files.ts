import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlerNames } from '../../constructs/functions/handler-names';
import { handlerZip } from '../../constructs/functions/handler-zip';
import { prebuiltName } from '../../constructs/functions/prebuilt-zip';
import { projectRoot } from '../support/project-root';
import { compiledConstructs } from './compiled-constructs';
import { declarations } from './declarations';
import { libraries } from './library';
import { thirdPartyNotices } from './notices';
import { packageJson } from './package-json';

/** Files of the project that the package has too, by their names in the package. */
const COPIED: Readonly<Record<string, string>> = {
  'README.md': 'tools/package/README.md',
  'CHANGELOG.md': 'CHANGELOG.md',
  LICENSE: 'LICENSE',
  'environment.schema.json': 'environments/schema.json',
};

/** npm adds these to every package. */
const ALWAYS_IN_PACKAGE = ['README.md', 'LICENSE'];

/** Every file of the npm package, by name. The same sources give the same bytes. */
export async function packageFiles(): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const [name, source] of Object.entries(COPIED))
    files.set(name, readFileSync(join(projectRoot, source)));
  for (const name of handlerNames) files.set(`functions/${prebuiltName(name)}`, handlerZip(name, {}));
  const sources: string[] = [];
  for (const library of libraries) {
    const compiled = await compiledConstructs(library);
    files.set(`${library}.js`, compiled.script);
    sources.push(...compiled.files);
    // Beside the script: TypeScript's older way to find modules, which `cdktn init` chooses, does not read `exports`.
    files.set(`${library}.d.ts`, `export * from './types/${library}/constructs';\n`);
    for (const [name, text] of declarations(library)) files.set(`types/${library}/${name}`, text);
  }
  files.set('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(sources));
  const listed = [...new Set([...files.keys()].map((name) => name.replace(/\/.*/, '/')))];
  const allowed = listed.filter((name) => !ALWAYS_IN_PACKAGE.includes(name)).sort();
  files.set('package.json', `${JSON.stringify(packageJson(allowed), null, 2)}\n`);
  return files;
}
