/** The stacks that choices give, with expressions in the place of known values. */
import { partitionOf } from '../../constructs/partition';
import { validateEnvironment } from '../../constructs/environment/problems';
import { tagList } from '../../constructs/report-role/report-role-template';
import { generatedBucketName } from '../../constructs/storage/bucket-name';
import type { RunSettings } from '../../handlers/shared/events';
import { settingsHash } from '../../handlers/shared/settings-hash';
import { SynthesizedStack } from '../support/synthesized-stack';
import type { Choice } from './decision';
import type { Seen } from './merge';
import { common, deploymentName, inputs, regions } from './inputs';
import { type Json, type Known, type KnownValue, type Options, asText, isKnown, withValues } from './known';
import { inText } from './markers';
import { normalized } from './normalized';
import type { Variant } from './variant';

const CALLER = '111111111111';

/**
 * @param which - of the two values of everything known
 * @returns undefined if no environment may be like that
 */
export function sample(variant: Variant, choice: Choice, which: 0 | 1): Seen | undefined {
  const used = new Map<Known, Json>();
  const region = regions[choice.region ?? '']?.[which] ?? '';
  const options = [common, variant.options, ...casesOf(choice)].reduce(merged, {});
  const environment = { ...inRegion(withValues(options, which, used), region), region };
  used.set(deploymentName, deploymentName.values[which]);
  const validated = validateEnvironment(environment);
  if ('problems' in validated) return undefined;
  const name = asText(deploymentName.values[which]);
  const { json } = withoutStackTraces(() => new SynthesizedStack(environment, name));
  const known = [
    ...[...used].flatMap(([{ kind, expression }, value]) =>
      (kind === 'items' ? (value as readonly Json[]) : [value]).map((one) => ({
        kind,
        expression,
        value: inRegion(one, region),
      })),
    ),
    ...inEveryStack(name, region, validated.environment.loggingAccount?.accountId ?? CALLER),
    ...inThisStack(json),
    {
      kind: 'whole' as const,
      expression: '[for name, value in var.tags : { Key = name, Value = value }]',
      value: tagList(validated.environment.tags),
    },
    {
      kind: 'text' as const,
      expression: 'local.role_path',
      value: validated.environment.roles.path.slice(1),
    },
  ];
  return { choice, value: normalized(json as unknown as Record<string, Json>, known) };
}

/** CDKTF records where each token was made, which is a third of the work and not read here. */
function withoutStackTraces<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const casesOf = (choice: Choice): Options[] =>
  [...inputs].map(([name, { cases }]) => cases[choice[name] ?? '']?.options ?? {});

function merged(one: Options, other: Options): Options {
  const result: Record<string, Options[string]> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = result[name];
    result[name] = isOptions(before) && isOptions(value) ? merged(before, value) : value;
  }
  return result;
}

const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isKnown(value);

/** ARNs are in the partition and Region of the environment. */
function inRegion<Value>(value: Value, region: string): Value {
  const { name } = partitionOf(region);
  const text = JSON.stringify(value)
    .replaceAll('arn:aws:', `arn:${name}:`)
    .replaceAll('eu-central-1', region);
  return JSON.parse(text) as Value;
}

/** What depends on where the module is. */
function inEveryStack(name: string, region: string, owner: string): KnownValue[] {
  const { name: partition, dnsSuffix } = partitionOf(region);
  const whole = (expression: string, value: Json): KnownValue => ({ kind: 'whole', expression, value });
  const text = (expression: string, value: Json): KnownValue => ({ kind: 'text', expression, value });
  return [
    text('local.region', region),
    text('data.aws_caller_identity.caller.account_id', CALLER),
    text('local.name_with_underscores', name.replaceAll('-', '_')),
    text('local.bucket_name', generatedBucketName(name, owner, region).name),
    whole('local.partition', partition),
    { kind: 'text', expression: `arn:${inText('local.partition')}:`, value: `arn:${partition}:` },
    {
      kind: 'text',
      expression: `.${inText('local.region')}.${inText('local.dns_suffix')}`,
      value: `.${region}.${dnsSuffix}`,
    },
  ];
}

/** What the constructs compute from the settings of a run. */
function inThisStack({ resource }: SynthesizedStack['json']): KnownValue[] {
  const [machine] = Object.values(resource.aws_sfn_state_machine ?? {});
  const definition = JSON.parse(String(machine?.definition)) as Definition;
  const { settings } = definition.States.ListAccounts.Parameters.Payload;
  return [
    { kind: 'whole', expression: 'local.settings_hash', value: settingsHash(settings) },
    { kind: 'whole', expression: 'local.checks', value: settings.checks as unknown as Json },
    { kind: 'whole', expression: 'local.time_limit', value: definition.TimeoutSeconds },
  ];
}

interface Definition {
  readonly TimeoutSeconds: number;
  readonly States: {
    readonly ListAccounts: { readonly Parameters: { readonly Payload: { readonly settings: RunSettings } } };
  };
}
