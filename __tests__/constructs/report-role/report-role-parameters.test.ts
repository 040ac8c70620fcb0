/** The template of the report role for account factories: its parameters obey the rules of environments. */
import { defaultOptions } from '../../../constructs/environment/environment';
import { validateEnvironment } from '../../../constructs/environment/problems';
import { parameterizedTemplate } from '../../../constructs/report-role/report-role-parameters';
import { reportRoleValues, templateBoundaries } from '../../support/report-role-values';

interface Parameter {
  Type: string;
  Description: string;
  Default?: string;
  AllowedPattern?: string;
  AllowedValues?: string[];
  ConstraintDescription?: string;
}
const parameters = parameterizedTemplate().Parameters as Record<string, Parameter>;

/** Java's `(?i)` is a flag in JavaScript. */
function accepts(name: string, value: string): boolean {
  const { AllowedPattern = '' } = parameters[name]!;
  const [, flag = '', pattern = ''] = /^(?:\(\?(i)\))?(.*)$/.exec(AllowedPattern)!;
  return new RegExp(pattern, flag).test(value);
}

const problemsOf = (environment: object) => {
  const validated = validateEnvironment(environment);
  return 'problems' in validated ? validated.problems.map(({ text }) => text) : [];
};

describe.each(reportRoleValues)('the parameter $parameter', ({ parameter, environment, ...values }) => {
  it.each(values.accepted)('accepts %p, as environments do', (value) => {
    expect(accepts(parameter, value)).toBe(true);
    if (environment) expect(problemsOf(environment(value))).toEqual([]);
  });

  it.each(values.refused)('refuses %p with the message of environments', (value) => {
    expect(accepts(parameter, value)).toBe(false);
    if (!environment) return;
    const messages = parameters[parameter]!.ConstraintDescription!.split('; ');
    const [problem = ''] = problemsOf(environment(value));
    expect(messages.filter((message) => problem.includes(message))).toHaveLength(1);
  });
});

describe('the parameter PermissionsBoundary', () => {
  const environment = (permissionsBoundary: string) => ({ roles: { permissionsBoundary } });

  it('accepts nothing, for no boundary', () => {
    expect(accepts('PermissionsBoundary', '')).toBe(true);
  });

  it.each(templateBoundaries.accepted)('accepts %p, as environments do', (value) => {
    expect(accepts('PermissionsBoundary', value)).toBe(true);
    expect(problemsOf(environment(value))).toEqual([]);
  });

  it.each(templateBoundaries.refused)('refuses %p with the message of environments', (value) => {
    expect(accepts('PermissionsBoundary', value)).toBe(false);
    expect(problemsOf(environment(value))[0]).toContain(
      parameters.PermissionsBoundary!.ConstraintDescription,
    );
  });
});

describe('the template with parameters', () => {
  it('has the defaults of environments', () => {
    const { reportRoleName, roles, serviceCredentials } = defaultOptions;
    expect(
      Object.fromEntries(Object.entries(parameters).map(([name, { Default }]) => [name, Default])),
    ).toEqual({
      CollectorRoleArn: undefined,
      OrganizationId: undefined,
      RoleName: reportRoleName,
      RolePath: roles.path,
      PermissionsBoundary: '',
      ServiceCredentials: String(serviceCredentials),
    });
  });

  it('explains every parameter, and what a value must be', () => {
    for (const { Description, AllowedPattern, AllowedValues, ConstraintDescription } of Object.values(
      parameters,
    )) {
      expect(Description).not.toBe('');
      if (AllowedValues) expect(AllowedValues).toEqual(['true', 'false']);
      else expect([AllowedPattern, ConstraintDescription]).not.toContain(undefined);
    }
  });

  it('shows every parameter in one group of the console', () => {
    const { ParameterGroups } = parameterizedTemplate().Metadata['AWS::CloudFormation::Interface'];
    expect(ParameterGroups.flatMap((group) => group.Parameters)).toEqual(Object.keys(parameters));
  });

  it('is the same text each time, in ASCII', () => {
    const text = JSON.stringify(parameterizedTemplate());
    expect(JSON.stringify(parameterizedTemplate())).toBe(text);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
  });
});
