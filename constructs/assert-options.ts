import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from './environment/environment';
import { checkId } from './environment/check-id';
import { type DeployedExemptions, readExemptionsFile } from './environment/exemptions-file';
import { type Problem, problemsOfName, validateEnvironment } from './environment/problems';
import { REFERENCE } from './environment/references';
import { InvalidInput } from './error-text';

/** A construct was given values that no environment may have; the message has one line for each problem. */
export class InvalidOptions extends InvalidInput {
  override readonly name = 'InvalidOptions';
}

/**
 * Holds the options of a construct to the rules of environment files, for apps that have no such files.
 * @param options - by their names in an environment file; references to what only Terraform knows are not judged
 * @param unknown - names of options that were given too, and that the construct does not have
 * @throws {@link InvalidOptions} with every problem
 */
export function assertOptions(scope: Construct, options: object, unknown: readonly string[] = []): void {
  const validated = validateEnvironment(known(options));
  const problems = 'problems' in validated ? validated.problems : [];
  const references = new Set(referencesOf(options));
  throwIfAny(scope.node.path, [
    ...unknown.map((field) => ({ field, text: `${field} is not an option of this construct` })),
    // Not missing, though it is left out below.
    ...problems.filter(({ field }) => !references.has(field)),
  ]);
}

/**
 * The same for a whole environment, which may not have references either.
 * @throws {@link InvalidOptions} with every problem
 */
export function assertEnvironment(scope: Construct, name: string, environment: object): void {
  const validated = validateEnvironment(environment);
  const problems = 'problems' in validated ? validated.problems : [];
  throwIfAny(scope.node.path, [...problemsOfName(name), ...problems]);
}

/**
 * The exemptions file of an environment; undefined if it has none.
 * @throws {@link InvalidOptions} with every problem of the file
 */
export function exemptionsOf(
  scope: Construct,
  { checks, owners }: Pick<Environment, 'checks' | 'owners'>,
): DeployedExemptions | undefined {
  const read = readExemptionsFile(checks, owners);
  if ('file' in read) return read.file;
  throwIfAny(scope.node.path, read.problems);
  return undefined;
}

/** @throws {@link InvalidOptions} if no environment may have this name */
export function assertEnvironmentName(name: string): void {
  throwIfAny('Deployment', problemsOfName(name));
}

/** @throws {@link InvalidOptions} if only Terraform knows a value that is needed at synthesis */
export function assertText(field: string, value: string): void {
  const text = `${field} must be text, not a reference that only Terraform knows: names and ARNs are built from it`;
  throwIfAny('Deployment', isReference(value) ? [{ field, text }] : []);
}

/** @throws {@link InvalidOptions} if only Terraform knows the names of tags that a template needs at synthesis */
export function assertTagNames(scope: Construct, tags: object | undefined): void {
  const isKnown = !Token.isUnresolved(tags);
  throwIfAny(scope.node.path, isKnown ? [] : [{ field: 'tags', text: 'tags must be known at synthesis' }]);
}

/**
 * Holds the ID of a check to those that there are.
 * @throws {@link InvalidOptions} if there is no such check
 */
export function assertCheck(scope: Construct, id: string): void {
  const { success } = checkId.safeParse(id);
  const text = `there is no check ${JSON.stringify(id)}: ${checkId.options.join(', ')}`;
  throwIfAny(scope.node.path, success ? [] : [{ field: 'check', text }]);
}

function throwIfAny(where: string, problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new InvalidOptions(problems.map(({ text }) => `${where}: ${text}`).join('\n'));
}

const isReference = (value: unknown) =>
  (typeof value === 'string' && REFERENCE.test(value)) || Token.isUnresolved(value);

/** Paths of all references. */
function referencesOf(value: unknown, path = ''): string[] {
  if (isReference(value)) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    referencesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** What is known at synthesis. A list with a reference is left out as a whole, because rules count its items. */
function known(value: unknown): unknown {
  if (isReference(value)) return undefined;
  if (Array.isArray(value)) return value.some(isReference) ? undefined : value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const kept = known(inner);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}
