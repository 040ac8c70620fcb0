import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../../tools/cdktn/differences';
import { synthesize } from '../synthesis';
import { environment, writeEnvironment } from './app';

/** What a clone of the project synthesizes of the environment of the apps. */
export function stackOfClone(folder: string): unknown {
  writeEnvironment(folder);
  const stack = synthesize('production', environment, folder);
  return JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8'));
}

/** What may differ between a clone and an app, and why. */
export const ALLOWED = {
  'the version of the tool': /^\/\/\.metadata\.version$/,
  'a local state is in the folder of the app': /^terraform\.backend\.local\.path$/,
  'the same address in the registry': /^terraform\.required_providers\.aws\.source$/,
  'CDK Terrain names assets after their content, not after a hash of CDKTF': /\.filename$/,
} as const;
export type Allowed = keyof typeof ALLOWED;

/** Why the stack of an app differs from that of a clone; other differences are named. */
export function reasonsOfDifferences(clone: unknown, app: unknown): string[] {
  const reasonOf = (path: string) =>
    Object.entries(ALLOWED).find(([, pattern]) => pattern.test(path))?.[0] ?? path;
  return [...new Set(differences(clone, app).map(({ path }) => reasonOf(path)))].sort();
}
