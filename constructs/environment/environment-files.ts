import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { partitionOf } from '../deployment';
import { Environment, EnvironmentName } from './environment';
import { syntaxError } from './json-syntax';

/** The folder of the environments; `schema.json` in it is for editors. */
export const SCHEMA_FILE = 'schema.json';

/** Files of environments say something that is not allowed. */
export class InvalidEnvironments extends Error {
  override readonly name = 'InvalidEnvironments';
}

/** Something that an environment says and may not. */
export interface Problem {
  /** Path of the field, such as `schedule.hour`; empty for the file as a whole. */
  readonly field: string;
  /** Field, value, and what is allowed. */
  readonly text: string;
}

/**
 * Reads every environment of a folder, by name.
 * @throws {@link InvalidEnvironments} with every problem of every file at once: file, field, value, what is allowed
 */
export function readEnvironments(folder: string): Map<string, Environment> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE);
  const environments = new Map<string, Environment>();
  const problems: string[] = [];
  for (const file of files.sort()) {
    const path = join(folder, file);
    const name = file.slice(0, -'.json'.length);
    const read = readEnvironment(path);
    const found = [...problemsOfName(name), ...('problems' in read ? read.problems : [])];
    if ('environment' in read) {
      found.push(...collisions(read.environment, environments));
      environments.set(name, read.environment);
    }
    problems.push(...found.map(({ text }) => `${path}: ${text}`));
  }
  if (files.length === 0)
    problems.push(`${folder}: no environment in it (allowed: one or more files NAME.json)`);
  if (problems.length > 0) throw new InvalidEnvironments(problems.join('\n'));
  return environments;
}

export function problemsOfName(name: string): Problem[] {
  const { success, error } = EnvironmentName.safeParse(name);
  if (success) return [];
  const allowed = error.issues[0]?.message ?? '';
  return [{ field: '', text: `the name of the file: "${name}" (allowed: ${allowed})` }];
}

type Checked = { readonly environment: Environment } | { readonly problems: Problem[] };

function readEnvironment(path: string): Checked {
  const read = readContent(path);
  return 'problems' in read ? read : checkEnvironment(read.content);
}

/** What a file says, whether it is allowed or not. */
export function readContent(path: string): { readonly content: unknown } | { readonly problems: Problem[] } {
  const text = readFileSync(path, 'utf8');
  const error = syntaxError(text);
  return error === undefined
    ? { content: JSON.parse(text) }
    : { problems: [{ field: '', text: `is not JSON: ${error}` }] };
}

/** The environment that a file is about, or everything that is wrong with it. */
export function checkEnvironment(content: unknown): Checked {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const text = `the whole file: ${JSON.stringify(content)} (allowed: an object)`;
    return { problems: [{ field: '', text }] };
  }
  const result = Environment.safeParse(content);
  return result.success
    ? { environment: result.data }
    : { problems: result.error.issues.flatMap((issue) => problemsOf(issue, content)) };
}

function problemsOf(issue: z.core.$ZodIssue, content: unknown): Problem[] {
  const path = (name?: string) => [...issue.path, ...(name ? [name] : [])].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: path(key),
      text: `${path(key)}: no such field (allowed: see ${SCHEMA_FILE})`,
    }));
  }
  const allowed = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message;
  const value = issue.path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], content);
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return [{ field: path(), text: `${path() || 'the whole file'}: ${shown} (allowed: ${allowed})` }];
}

/**
 * All names carry the name of their environment, but for those that the environment itself chooses: a bucket,
 * and the role in the accounts of an organization, can be made only once.
 */
export function collisions(environment: Environment, others: ReadonlyMap<string, Environment>): Problem[] {
  return [...others].flatMap(([other, before]) => {
    const problem = (field: string, value: string, hint: string) => ({
      field,
      text: `${field}: "${value}" (allowed: another than that of ${other}${hint})`,
    });
    const role = environment.reportRoleName;
    const [bucket, bucketBefore] = [environment.bucket, before.bucket].map((one) =>
      one.kind === 'new' ? one.name : undefined,
    );
    return [
      ...(mayShareAccounts(environment, before) && role === before.reportRoleName
        ? [problem('reportRoleName', role, ', unless both say different organizationIds')]
        : []),
      ...(bucket !== undefined && bucket === bucketBefore ? [problem('bucket.name', bucket, '')] : []),
    ];
  });
}

function mayShareAccounts(one: Environment, other: Environment): boolean {
  const unknown = one.organizationId === undefined || other.organizationId === undefined;
  const samePartition = partitionOf(one.region) === partitionOf(other.region);
  return samePartition && (unknown || one.organizationId === other.organizationId);
}
