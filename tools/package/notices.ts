import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundledFiles } from '../../constructs/functions/handler-source';
import { packagesOf } from '../release/shipped-packages';
import { projectRoot } from '../support/project-root';

/**
 * The packages of others that are in the compiled constructs and the functions, with their licenses, which ask for that.
 * @param files - in the compiled constructs, as paths relative to the project
 */
export function thirdPartyNotices(files: readonly string[]): string {
  const all = [...files, ...[...bundledFiles().values()].flat()];
  const byText = new Map<string, string[]>();
  for (const folder of [...packagesOf(all)].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    const text = licenseOf(folder);
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return `The functions and constructs here contain code of the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** @throws if a package has no license */
function licenseOf(folder: string): string {
  const names = readdirSync(join(projectRoot, folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  if (names.length === 0) throw new Error(`${folder} has no file with its license`);
  return names
    .sort()
    .map((name) => readFileSync(join(projectRoot, folder, name), 'utf8').trim())
    .join('\n\n');
}
