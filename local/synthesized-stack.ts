import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { collectReportsSettings } from '../handlers/collect-reports/settings';
import { bucketSettings } from '../handlers/shared/settings';
import type { RunSettings } from '../handlers/shared/events';
import { type StatusRule, statusRules } from './engine/status-rules';
import type { WorkflowDefinition } from './engine/workflow-definition';

/** A Lambda function as it would be deployed. */
export interface SynthesizedFunction {
  name: string;
  zip: string;
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Record<string, string>;
}

/** What Terraform would deploy for one environment. */
export interface SynthesizedStack {
  region: string;
  partition: string;
  stateMachine: { name: string; arn: string; definition: WorkflowDefinition };
  /** Rules about executions that end. */
  statusRules: StatusRule[];
  functions: SynthesizedFunction[];
  bucket: string;
  /** Account that owns the bucket. */
  bucketOwner: string;
  /** Comes before every key of the bucket: empty, or ends with a slash. */
  bucketPrefix: string;
  reportRoleName: string;
  /** Organizational units whose accounts are collected; empty for every account. */
  includedUnits: readonly string[];
  /** Whether runs list service-specific credentials. */
  serviceCredentials: boolean;
}

interface TerraformJson {
  provider: { aws: [{ region: string }] };
  output: Record<'report_bucket' | 'state_machine_arn', { value: string }>;
  resource: Record<string, Record<string, Record<string, unknown>> | undefined>;
}

/** A key of the bucket that Terraform would create. The bucket of whoever runs the stack encrypts nothing. */
const REPORT_KEY = /\$\{aws_kms_key\.[\w-]*report-key[\w-]*\.arn\}/g;
/** A signing key that Terraform would create; whoever runs the stack has another one. */
const SIGNING_KEY = /\$\{aws_kms_key\.[\w-]*signing-key[\w-]*\.arn\}/g;
export const SIGNING_KEY_TO_CREATE = 'signing-key-to-create';

/**
 * Reads a stack from its synthesized JSON, so that exactly what would be deployed is run.
 * @param file - path of the `cdk.tf.json`
 * @param accountId - replaces the account ID that Terraform would look up
 * @param organizationId - replaces the ID of the organization, if Terraform would look it up
 */
export function readStack(
  file: string,
  accountId: string,
  organizationId = 'o-local00000',
): SynthesizedStack {
  const json = readFileSync(file, 'utf8')
    .replaceAll('${data.aws_caller_identity.caller.account_id}', accountId)
    .replaceAll('${data.aws_organizations_organization.organization.id}', organizationId)
    .replaceAll(REPORT_KEY, 'report-key-to-create')
    .replaceAll(SIGNING_KEY, SIGNING_KEY_TO_CREATE);
  const { provider, output, resource } = JSON.parse(json) as TerraformJson;
  const all = (type: string) => Object.values(resource[type] ?? {});

  const [machine] = all('aws_sfn_state_machine') as unknown as { name: string; definition: string }[];
  if (!machine) throw new Error(`${file} has no state machine`);
  const functions = all('aws_lambda_function').map((settings) => functionOf(settings, dirname(file)));
  const variables = Object.assign({}, ...functions.map(({ environment }) => environment)) as Record<
    string,
    string
  >;
  const definition = JSON.parse(resolved(machine.definition)) as WorkflowDefinition;
  const settings = settingsIn(definition);
  return {
    region: provider.aws[0].region,
    partition: variables[collectReportsSettings.partition.variable] ?? '',
    stateMachine: {
      name: machine.name,
      arn: output.state_machine_arn.value,
      definition,
    },
    statusRules: statusRules(resource),
    functions,
    bucket: resolved(output.report_bucket.value),
    bucketOwner: variables[bucketSettings.bucketOwner.variable] ?? '',
    bucketPrefix: variables[bucketSettings.bucketPrefix.variable] ?? '',
    reportRoleName: variables[collectReportsSettings.reportRoleName.variable] ?? '',
    includedUnits: settings.selection.includeOus,
    serviceCredentials: settings.serviceCredentials,
  };
}

/** The settings that the first state passes to `list-accounts`. */
const settingsIn = ({ States, StartAt }: WorkflowDefinition) =>
  (States[StartAt]?.Parameters as { Payload: { settings: RunSettings } }).Payload.settings;

function functionOf(settings: Record<string, unknown>, folder: string): SynthesizedFunction {
  const { function_name, filename, handler, timeout, memory_size, environment } = settings as {
    function_name: string;
    filename: string;
    handler: string;
    timeout: number;
    memory_size: number;
    environment: { variables: Record<string, string> };
  };
  return {
    name: function_name,
    zip: join(folder, filename),
    handler,
    timeoutSeconds: timeout,
    memoryMb: memory_size,
    environment: Object.fromEntries(
      Object.entries(environment.variables).map(([name, value]) => [name, resolved(value)]),
    ),
  };
}

/** @throws if the text contains a value that only Terraform knows, rather than run with a wrong one */
function resolved(text: string): string {
  const [reference] = /\$\{[^}]*\}/.exec(text) ?? [];
  if (reference) throw new Error(`Cannot run locally: only Terraform knows the value of ${reference}`);
  return text;
}
