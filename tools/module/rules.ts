/** Rules between variables: those of environment files, as far as the module has their options, and those of its own objects. */
import { rules } from '../../constructs/environment/rules';
import { checks } from '../../handlers/checks';
import type { Validation } from './limits';
import { LEFT_OUT, inSnakeCase, quoted, withVariables } from './option';

/** Every rule, with conditions of Terraform. */
export const rulesBetweenVariables = (): Validation[] => [...ofEnvironments(), ...ofObjects];

const ofEnvironments = (): Validation[] =>
  rules.flatMap(({ path, message, inModule }) => {
    if (inModule === undefined) return [];
    const text =
      typeof message === 'string' ? message : message({ checks: { on: checks.map(({ id }) => id) } });
    return [
      {
        condition: inModule.replaceAll('","', '", "'),
        message: quoted(withVariables(`${path.map(inSnakeCase).join('.')} ${withoutOthers(text)}.`)),
      },
    ];
  });

/** Without the way out that an option would be which the module does not have. */
const withoutOthers = (text: string): string =>
  text
    .replace(/, or set `(\w+)` to true$/, (all, option: string) => (LEFT_OUT.includes(option) ? '' : all))
    .replace('the Region of the environment', 'the Region of the provider');

/** Objects of Terraform have the fields of every kind; environment files do not accept those of another one. */
const ofObjects: readonly Validation[] = [
  {
    condition: '(var.encryption.kind == "existing-key") == (var.encryption.key_arn != null)',
    message: quoted('encryption.key_arn must be set with kind "existing-key", and with no other kind.'),
  },
  {
    condition: 'var.role_deployment.kind == "stack-set" || var.role_deployment.targets == null',
    message: quoted('role_deployment.targets must not be set with kind "none".'),
  },
  {
    condition:
      'alltrue([for one in var.checks.exemptions : length([for target in [one.account, one.owner, one.ou] : target if target != null]) == 1])',
    message: quoted('each of checks.exemptions must have exactly one of account, owner, ou.'),
  },
  {
    condition: 'length(setintersection(var.checks.on, var.checks.off)) == 0',
    message: quoted('checks.off must not list a check that checks.on lists too.'),
  },
];
