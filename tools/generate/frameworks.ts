/** Reads the frameworks of `handlers/frameworks/data/`, checks them, and writes the module that imports them. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { checks } from '../../handlers/checks';
import type { Framework } from '../../handlers/frameworks/framework';

const text = z.string().min(1);
const url = z.url({ protocol: /^https$/, error: 'is not an https address' });

const frameworkSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'use lower-case letters, digits, - and .'),
  name: text,
  version: z.string(),
  label: text,
  source: z.array(url).min(1),
  controls: z
    .array(
      z.strictObject({
        id: text,
        checks: z.array(text).min(1),
        partial: z.literal(true).optional(),
        source: url.optional(),
      }),
    )
    .min(1),
});

const numeric = new Intl.Collator('en', { numeric: true });

/** The order of controls: 1.4 before 1.10, and AC-2(3) before AC-2(10). */
export const compareControls = (one: string, other: string) => numeric.compare(one, other);

/** What is wrong with the text of a file in `data/`, one line for each mistake; empty if nothing is. */
export function mistakesIn(
  path: string,
  json: string,
  knownChecks: readonly string[] = checks.map(({ id }) => id),
): string[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return [`${path} is not JSON: ${(error as Error).message}`];
  }
  const { data, error } = frameworkSchema.safeParse(value);
  if (error) {
    return error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  }
  const expected = basename(path, '.json');
  const controls = data.controls.map(({ id }) => id);
  return [
    ...(data.id === expected ? [] : [`id: got ${data.id}; use ${expected}, the name of the file`]),
    ...repeated(controls).map((id) => `controls: ${id} is there twice; name all of its checks in one place`),
    ...misplaced(controls, compareControls).map((id) => `controls: ${id} is not in order of the numbers`),
    ...data.controls.flatMap(({ id, checks: ids }) => [
      ...repeated(ids).map((check) => `${id}: ${check} is there twice`),
      ...misplaced(ids).map((check) => `${id}: ${check} is not in alphabetical order`),
      ...ids
        .filter((check) => !knownChecks.includes(check))
        .map((check) => `${id}: no check has the ID ${check}; use one of handlers/checks/index.ts`),
    ]),
  ].map((mistake) => `${path}: ${mistake}`);
}

const repeated = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

const alphabetical = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Values that belong before the one that they follow. */
const misplaced = (values: readonly string[], compare: typeof compareControls = alphabetical) =>
  values.filter((value, index) => compare(values[index - 1] ?? value, value) > 0);

const folder = 'handlers/frameworks/data';

/**
 * Every framework of a folder of the project, in the order of the IDs.
 * @throws with every mistake in every file, one a line
 */
export function readFrameworks(root: string): Framework[] {
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      path: `${folder}/${name}`,
      json: readFileSync(join(root, folder, name), 'utf8'),
    }));
  const mistakes = files.flatMap(({ path, json }) => mistakesIn(path, json));
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return files.map(({ json }) => JSON.parse(json) as Framework);
}

/** Text of `handlers/frameworks/index.ts`. */
export function frameworksModule(frameworks: readonly Framework[]): string {
  const names = frameworks.map(({ id }) => ({ id, name: id.replaceAll(/[.-]/g, '_') }));
  return [
    '/** Every framework, in the order of the IDs. Written by `npm run generate` from the files of `data/`. */',
    ...names.map(({ id, name }) => `import ${name} from './data/${id}.json';`),
    "import type { Framework } from './framework';",
    '',
    'export const frameworks: readonly Framework[] = [',
    ...names.map(({ name }) => `  ${name},`),
    '];',
    '',
  ].join('\n');
}
