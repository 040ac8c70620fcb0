import { checks } from '../../handlers/checks';
import { frameworks } from '../../handlers/frameworks';
import { ruleSetOf } from '../../handlers/core/rule-set';
import { checkOptions } from './checks';
import { FOR_OWNERS, isForUnreadOwners } from './exemption';
import type { Rule, Unchecked } from './rule';

/** Whether service-specific credentials are listed. The field has no default if another one is not valid. */
const hasLists = ({ serviceCredentials }: Unchecked) =>
  serviceCredentials !== false && serviceCredentials !== undefined;

/** Checks that look at service-specific credentials. */
export const needLists = checks.filter(({ needs }) => needs === 'serviceCredentials').map(({ id }) => id);

/** Checks that are on by `checks.on`, and that would have nothing to look at. */
function withoutLists(environment: Unchecked): string[] {
  const on: unknown = environment.checks?.on;
  if (hasLists(environment) || !Array.isArray(on)) return [];
  return needLists.filter((id) => on.includes(id));
}

/** Whether no check is on. Checks that are not valid have problems of their own. */
function areAllOff(environment: Unchecked): boolean {
  const { data } = checkOptions.safeParse(environment.checks);
  if (!data) return false;
  const { exemptionsFile: _, ...settings } = data;
  return ruleSetOf(settings, 'aws', { serviceCredentials: hasLists(environment) }).checks.length === 0;
}

/** Checks that each framework turns on, if everything is there that they need. */
export const checksOfFrameworks = (): Record<string, string[]> =>
  Object.fromEntries(
    frameworks.map(({ id }) => {
      const { exemptionsFile: _, ...settings } = checkOptions.parse({ frameworks: [id] });
      return [
        id,
        ruleSetOf(settings, 'aws', { serviceCredentials: true }).checks.map(({ check }) => check.id),
      ];
    }),
  );

/** About checks that need an option beside `checks`. */
export const checkRules: readonly Rule[] = [
  {
    path: ['checks', 'exemptions'],
    message: FOR_OWNERS,
    isBroken: ({ owners, checks: settings }) => isForUnreadOwners(settings?.exemptions, owners),
    inModule:
      'alltrue([for one in var.checks.exemptions : one.owner == null]) || var.owners.tag != null || var.owners.file || var.owners.email',
  },
  {
    path: ['checks', 'off'],
    message:
      'must leave a check on that can run here (some need `serviceCredentials`: true): without any, no report has a finding, whatever is in it',
    isBroken: areAllOff,
    inModule:
      'length(setsubtract(setunion(var.checks.on, flatten([for one in var.checks.frameworks : lookup(local.checks_of_frameworks, one, [])])), concat(var.checks.off, var.service_credentials ? [] : local.checks_of_service_credentials))) > 0',
  },
  {
    path: ['checks', 'on'],
    message: (environment) =>
      `must not list ${withoutLists(environment).join(', ')} without \`serviceCredentials\`: true, which turns it on`,
    isBroken: (environment) => withoutLists(environment).length > 0,
    inModule: `var.service_credentials || length(setintersection(var.checks.on, ${JSON.stringify(needLists)})) == 0`,
  },
];
