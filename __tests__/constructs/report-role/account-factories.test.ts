/** The examples for account factories whose configuration is YAML; __tests__/e2e/account-factory.e2e.ts has AFT's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parameterizedTemplate } from '../../../constructs/report-role/report-role-parameters';
import { projectRoot } from '../../../tools/support/project-root';

const parameters = parameterizedTemplate().Parameters as Record<
  string,
  { Default?: string; AllowedPattern?: string; AllowedValues?: string[] }
>;
const required = Object.keys(parameters).filter((name) => parameters[name]?.Default === undefined);

interface Factory {
  file: string;
  /** What the factory would give the template. */
  given: (content: unknown) => [name: string, value: unknown][];
}

const factories: Factory[] = [
  {
    file: 'lza/customizations-config.yaml',
    given: (content) => {
      const { customizations } = content as {
        customizations: { cloudFormationStackSets: { parameters: { name: string; value: unknown }[] }[] };
      };
      const [stackSet] = customizations.cloudFormationStackSets;
      expect(stackSet).toMatchObject({
        template: 'cloudformation/report-role.template.json',
        capabilities: ['CAPABILITY_NAMED_IAM'],
        regions: [expect.any(String)],
        deploymentTargets: { organizationalUnits: ['Root'], excludedAccounts: ['Management'] },
      });
      return stackSet!.parameters.map(({ name, value }) => [name, value]);
    },
  },
  {
    file: 'cfct/manifest.yaml',
    given: (content) => {
      const { resources } = content as {
        resources: { parameters: { parameter_key: string; parameter_value: unknown }[] }[];
      };
      const [resource] = resources;
      expect(content).toMatchObject({ version: '2021-03-15' });
      expect(resource).toMatchObject({
        resource_file: 'templates/report-role.template.json',
        deploy_method: 'stack_set',
        regions: [expect.any(String)],
      });
      return resource!.parameters.map(({ parameter_key, parameter_value }) => [
        parameter_key,
        parameter_value,
      ]);
    },
  },
];

const textOf = (file: string) => readFileSync(join(projectRoot, 'examples/account-factory', file), 'utf8');
/** With the options that are comments: lines of a comment that are YAML, unlike sentences. */
const withOptions = (text: string) => text.replaceAll(/^( *)# (- \w+:|  \w+:)/gm, '$1$2');

describe.each(factories)('the example $file', ({ file, given }) => {
  it('gives the template what has no default', () => {
    expect(given(parse(textOf(file))).map(([name]) => name)).toEqual(required);
  });

  it('gives every parameter of the template a value that it accepts, with the comments', () => {
    const all = given(parse(withOptions(textOf(file))));
    expect(all.map(([name]) => name)).toEqual(Object.keys(parameters));
    for (const [name, value] of all) {
      const { AllowedPattern = '', AllowedValues } = parameters[name]!;
      expect(typeof value).toBe('string');
      if (AllowedValues) expect(AllowedValues).toContain(value);
      else expect(value).toMatch(new RegExp(AllowedPattern.replace('(?i)', '')));
    }
  });
});
