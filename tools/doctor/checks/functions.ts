import { isDeepStrictEqual } from 'node:util';
import type { OutputOf } from '../calls';
import { type Finding, check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';
import { type ExpectedResource, isKnown } from '../expected-stack';

type Deployed = Partial<OutputOf<'lambda:GetFunctionConfiguration'>> & { reserved?: number | undefined };

export const functions = check({
  id: 'functions',
  question: 'Are the deployed functions, and their settings, those of this checkout?',
  needs: 'deployment',
  read: async (aws, { stack }) =>
    Promise.all(
      stack.ofType('aws_lambda_function').map(async (expected) => {
        const FunctionName = String(expected.attributes.function_name);
        const found = await aws.find('lambda:GetFunctionConfiguration', { FunctionName });
        const concurrency = found && (await aws.find('lambda:GetFunctionConcurrency', { FunctionName }));
        return {
          expected,
          found: found && { ...found, reserved: concurrency?.ReservedConcurrentExecutions },
        };
      }),
    ),
  judge: (all, { name }) => {
    const findings = all.flatMap(({ expected, found }) => judgeOne(expected, found, name));
    return findings.length > 0
      ? findings
      : ok(`${all.length} functions have the code and the settings of this checkout`);
  },
});

function judgeOne(
  { attributes }: ExpectedResource,
  found: Deployed | undefined,
  environment: string,
): Finding[] {
  const name = String(attributes.function_name);
  if (!found) return [problem(`${name} does not exist`, deployCommand(environment))];
  const differences = Object.entries(settingsOf(attributes)).flatMap(([setting, expected]) =>
    isDeepStrictEqual(expected, deployedSettings(found, attributes)[setting]) ? [] : [setting],
  );
  if (found.State === 'Failed' || found.State === 'Inactive')
    return [problem(`${name} is ${found.State}: ${found.StateReason ?? ''}`, deployCommand(environment))];
  if (differences.length === 0) return [];
  return [
    warning(`${name} differs from this checkout: ${differences.join(', ')}`, deployCommand(environment)),
  ];
}

/** Settings by what people call them, as Terraform would set them. */
const settingsOf = (attributes: ExpectedResource['attributes']): Record<string, unknown> => ({
  code: attributes.source_code_hash,
  runtime: attributes.runtime,
  'time limit': attributes.timeout,
  memory: attributes.memory_size,
  architecture: attributes.architectures,
  'reserved concurrency': attributes.reserved_concurrent_executions,
  variables: knownOf(variablesOf(attributes)),
});

function deployedSettings(
  found: Deployed,
  attributes: ExpectedResource['attributes'],
): Record<string, unknown> {
  const expected = variablesOf(attributes);
  const variables = Object.entries(found.Environment?.Variables ?? {});
  return {
    code: found.CodeSha256,
    runtime: found.Runtime,
    'time limit': found.Timeout,
    memory: found.MemorySize,
    architecture: found.Architectures,
    'reserved concurrency': found.reserved,
    variables: Object.fromEntries(variables.filter(([name]) => isKnown(expected[name] ?? ''))),
  };
}

const variablesOf = ({ environment }: ExpectedResource['attributes']) =>
  (environment as { variables: Record<string, string> } | undefined)?.variables ?? {};

const knownOf = (variables: Record<string, string>) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => isKnown(value)));
