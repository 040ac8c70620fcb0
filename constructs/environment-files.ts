import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { partitionOf } from './deployment';
import { Environment, EnvironmentName } from './environment';

/** The folder of the environments; `schema.json` in it is for editors. */
export const SCHEMA_FILE = 'schema.json';

/** Files of environments say something that is not allowed. */
export class InvalidEnvironments extends Error {
  override readonly name = 'InvalidEnvironments';
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
    const named = EnvironmentName.safeParse(name);
    if (!named.success) {
      problems.push(
        `${path}: the name of the file: "${name}" (allowed: ${named.error.issues[0]?.message ?? ''})`,
      );
    }
    const read = readEnvironment(path);
    if (Array.isArray(read)) problems.push(...read);
    else environments.set(name, read);
  }
  problems.push(...collisions(folder, environments));
  if (files.length === 0)
    problems.push(`${folder}: no environment in it (allowed: one or more files NAME.json)`);
  if (problems.length > 0) throw new InvalidEnvironments(problems.join('\n'));
  return environments;
}

function readEnvironment(path: string): Environment | string[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return [`${path}: is not JSON: ${(error as Error).message}`];
  }
  if (typeof content !== 'object' || content === null) {
    return [`${path}: the whole file: ${JSON.stringify(content)} (allowed: an object)`];
  }
  const result = Environment.safeParse(content);
  return result.success
    ? result.data
    : result.error.issues.flatMap((issue) => problemsOf(path, issue, content));
}

function problemsOf(path: string, issue: z.core.$ZodIssue, content: unknown): string[] {
  const field = (name?: string) => [...issue.path, ...(name ? [name] : [])].join('.') || 'the whole file';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${path}: ${field(key)}: no such field (allowed: see ${SCHEMA_FILE})`);
  }
  const allowed = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message;
  const value = issue.path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], content);
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return [`${path}: ${field()}: ${shown} (allowed: ${allowed})`];
}

/**
 * All names carry the name of their environment, but for those that the environment itself chooses: a bucket,
 * and the role in the accounts of an organization, can be made only once.
 */
function collisions(folder: string, environments: Map<string, Environment>): string[] {
  const all = [...environments];
  return all.flatMap(([name, environment], index) =>
    all.slice(0, index).flatMap(([other, before]) => {
      const problem = (field: string, value: string, hint: string) =>
        `${join(folder, `${name}.json`)}: ${field}: "${value}" (allowed: another than that of ${other}${hint})`;
      const [bucket, bucketBefore] = [environment.bucket, before.bucket].map((one) =>
        one.kind === 'new' ? one.name : undefined,
      );
      return [
        ...(mayShareAccounts(environment, before) && environment.reportRoleName === before.reportRoleName
          ? [
              problem(
                'reportRoleName',
                environment.reportRoleName,
                ', unless both say different organizationIds',
              ),
            ]
          : []),
        ...(bucket !== undefined && bucket === bucketBefore ? [problem('bucket.name', bucket, '')] : []),
      ];
    }),
  );
}

function mayShareAccounts(one: Environment, other: Environment): boolean {
  const unknown = one.organizationId === undefined || other.organizationId === undefined;
  const samePartition = partitionOf(one.region) === partitionOf(other.region);
  return samePartition && (unknown || one.organizationId === other.organizationId);
}
