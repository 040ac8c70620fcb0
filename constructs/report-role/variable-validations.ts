import type { TerraformVariableValidationConfig } from 'cdktf';
import { TAG_NAME, TAG_VALUE } from '../environment/fields';
import { MOST_TAGS, TAGS_OF_ONE_NAME, TOO_MANY_TAGS } from '../environment/role-rules';
import type { TextRule } from '../environment/text-rule';

/** Validations of variables of Terraform, which say what environment files are told, and refuse the same. */

/** @param mayBeEmpty - whether an empty text is allowed whatever the rules say */
export const validationsOf = (
  variable: string,
  rules: readonly TextRule[],
  mayBeEmpty: boolean,
): TerraformVariableValidationConfig[] =>
  rules.map((rule) => {
    const condition = conditionOf(rule, `var.${variable}`);
    return validation(
      mayBeEmpty ? `var.${variable} == "" || (${condition})` : condition,
      `${variable} ${rule.message}`,
    );
  });

/** Validations of a map of tags. */
export function tagValidations(variable: string): TerraformVariableValidationConfig[] {
  const tags = `var.${variable}`;
  const all = (list: string, rule: TextRule) =>
    `alltrue([for text in ${list}(${tags}) : ${conditionOf(rule, 'text')}])`;
  return [
    validation(all('keys', TAG_NAME), `each name in ${variable} ${TAG_NAME.message}`),
    validation(all('values', TAG_VALUE), `each value in ${variable} ${TAG_VALUE.message}`),
    validation(`length(${tags}) <= ${MOST_TAGS}`, `${variable} ${TOO_MANY_TAGS}`),
    validation(
      `length(distinct([for name in keys(${tags}) : lower(name)])) == length(${tags})`,
      `${variable} ${TAGS_OF_ONE_NAME}`,
    ),
  ];
}

const validation = (condition: string, errorMessage: string) => ({
  condition: `\${${condition}}`,
  errorMessage,
});

/** Terraform's patterns are RE2's (https://github.com/google/re2/wiki/Syntax), which has no lookaheads. */
function conditionOf({ pattern, except, ignoreCase, most }: TextRule, value: string): string {
  const matches = (source: string) => `can(regex(${JSON.stringify(source)}, ${value}))`;
  return [
    ...(pattern === undefined ? [] : [matches(`^(?:${pattern})$`)]),
    ...(except === undefined ? [] : [`!${matches(`${ignoreCase ? '(?i)' : ''}^(?:${except})`)}`]),
    ...(most === undefined ? [] : [`length(${value}) <= ${most}`]),
  ].join(' && ');
}
