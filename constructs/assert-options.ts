import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from './environment/environment';
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
 * @throws {@link InvalidOptions} with every problem
 */
export function assertOptions(scope: Construct, options: object): void {
  const validated = validateEnvironment(known(options));
  throwIfAny(scope.node.path, 'problems' in validated ? validated.problems : []);
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

function throwIfAny(where: string, problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new InvalidOptions(problems.map(({ text }) => `${where}: ${text}`).join('\n'));
}

const isReference = (value: unknown) =>
  (typeof value === 'string' && REFERENCE.test(value)) || Token.isUnresolved(value);

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
