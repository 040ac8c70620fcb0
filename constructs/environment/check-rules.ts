import { checks } from '../../handlers/checks';
import { FOR_OWNERS, isForUnreadOwners } from './exemption';
import type { Rule, Unchecked } from './rule';

/** Checks that are on by `checks.on`, and that would have nothing to look at. */
function withoutLists({ serviceCredentials, checks: settings }: Unchecked): string[] {
  const on: unknown = settings?.on;
  // It has no default if another field is not valid.
  const isOff = serviceCredentials === false || serviceCredentials === undefined;
  if (!isOff || !Array.isArray(on)) return [];
  return checks
    .filter(({ id, needs }) => needs === 'serviceCredentials' && on.includes(id))
    .map(({ id }) => id);
}

/** About checks that need an option beside `checks`. */
export const checkRules: readonly Rule[] = [
  {
    path: ['checks', 'exemptions'],
    message: FOR_OWNERS,
    isBroken: ({ owners, checks: settings }) => isForUnreadOwners(settings?.exemptions, owners),
  },
  {
    path: ['checks', 'on'],
    message: (environment) =>
      `must not list ${withoutLists(environment).join(', ')} without \`serviceCredentials\`: true, which turns it on`,
    isBroken: (environment) => withoutLists(environment).length > 0,
  },
];
