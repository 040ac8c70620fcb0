import { join } from 'node:path';
import { environmentNames } from '../constructs/environment/environment-files';

/** What is wrong with the name of an environment that somebody asked for. */
export function problemsOfEnvironment(name: string | undefined): string[] {
  if (name === undefined) return [];
  const names = namesOfEnvironments();
  // Without any, the synthesis says why, or how to write one.
  if (names.length === 0 || names.includes(name)) return [];
  return [`there is no environment "${name}": environments/ has ${names.join(', ')}`];
}

function namesOfEnvironments(): string[] {
  try {
    return environmentNames(join(__dirname, '..', 'environments'));
  } catch {
    return [];
  }
}
