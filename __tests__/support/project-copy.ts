/** A copy of the project with its own environments, so that no test depends on those of the user. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '../../tools/support/project-root';

const PARTS = [
  'main.ts',
  'constructs',
  'handlers',
  'local',
  'tools',
  'environments/schema.json',
  'package.json',
  'tsconfig.json',
  'cdktf.json',
  '.nvmrc',
  '.prettierrc.json',
  'typedoc.json',
  'CHANGELOG.md',
  'LICENSE',
];

/** Folders in which tools install what they need. */
const INSTALLED = ['node_modules', '.venv'];

/**
 * @param folder - where the copy is made; it must not exist
 * @param environments - the environment files, by name
 * @returns the folder
 */
export function projectCopy(
  folder: string,
  environments: Record<string, object> = { production: {} },
): string {
  mkdirSync(join(folder, 'environments'), { recursive: true });
  for (const part of PARTS) {
    cpSync(join(projectRoot, part), join(folder, part), {
      recursive: true,
      filter: (source) => !INSTALLED.includes(basename(source)),
    });
  }
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, environment] of Object.entries(environments)) {
    writeFileSync(join(folder, 'environments', `${name}.json`), JSON.stringify(environment));
  }
  return folder;
}
