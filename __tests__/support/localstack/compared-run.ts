/** A run whose definition is executed by one of two interpreters, and what they have to agree on. */
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import { type CollectionProps, collect } from '../../../local/collection';
import { silent } from '../../../local/display';
import {
  type FunctionName,
  type InvocationFault,
  faultyInvocations,
} from '../../../local/engine/invocation-faults';
import { FunctionError } from '../../../local/engine/lambda';
import type { Integrations } from '../../../local/engine/prepared-definition';
import type { ExecutionResult } from '../../../local/engine/workflow';
import type { OrganizationProps } from '../../../local/fake-aws/organization/organization';
import type { Services } from '../../../local/fake-aws/server';
import { embeddedSource } from '../../../local/source/embedded-source';
import { readStack } from '../../../local/synthesized-stack';
import { organizationOf } from '../../../tools/support/embedded';
import type { Engine } from './observed-engine';
import type { Executed } from './localstack-engine';

export interface Scenario {
  /** Of the execution. */
  name: string;
  organization?: Partial<OrganizationProps>;
  /** Replaces services, for example with ones that fail. */
  change?: (services: Services) => Services;
  faults?: InvocationFault[];
}

/** Runs a scenario in a folder of its own, in batches of two accounts. */
export async function runScenario(
  { name, organization = {}, change, faults = [] }: Scenario,
  engine: Engine,
  { stackFile, folder, waitSeconds }: { stackFile: string; folder: string; waitSeconds: number },
) {
  const source = await embeddedSource(organizationOf({ accounts: 6, ...organization }), folder, '', change);
  source.settings[listAccountsSettings.batchSize.variable] = '2';
  // Whether a report is ready at the first poll would depend on how fast the listing is: nothing is collected meanwhile.
  source.settings[listAccountsSettings.collectReportsFunction.variable] = 'nothing';
  const received: string[] = [];
  const observed: { execution?: ExecutionResult & Executed } = {};
  const observedEngine: CollectionProps['engine'] = async (props) => {
    const integrations = withFaults(props.integrations, faults, (event) => received.push(event));
    observed.execution = await engine({ ...props, integrations });
    return observed.execution;
  };
  try {
    const stack = readStack(stackFile, source.accountId);
    const { summarized, notifications } = await collect({
      ...{ stack, source, folder, waitSeconds },
      ...{ display: silent, execution: name, engine: observedEngine },
    });
    // Children run at the same time: the order of what functions receive is by chance.
    return comparable({ ...observed.execution, received: received.sort(), summarized, notifications });
  } finally {
    await source.stop();
  }
}

/** Functions that fail as AWS Lambda tells it: the cause of a function's own error is JSON. */
function withFaults(
  integrations: Integrations,
  faults: InvocationFault[],
  onEvent: (event: string) => void,
): Integrations {
  type Call = Parameters<Integrations['lambda:invoke']>[0];
  const invoke = faultyInvocations(faults, (_name, call, { requests }) =>
    // A function that may send no request does nothing.
    requests === 0 ? Promise.resolve() : integrations['lambda:invoke'](call as Call),
  );
  return {
    ...integrations,
    'lambda:invoke': async (call) => {
      const [name = ''] = /[a-z]+-[a-z]+$/.exec(call.FunctionName) ?? [];
      onEvent(comparableText({ name, event: call.Payload }));
      try {
        return (await invoke(name as FunctionName, call)) as { Payload: unknown };
      } catch (error) {
        if (!(error instanceof FunctionError) || !error.message.startsWith('ended by')) throw error;
        throw new FunctionError(
          error.name,
          JSON.stringify({ errorType: error.name, errorMessage: error.message }),
        );
      }
    },
  };
}

/** Without what differs between two runs: random numbers and their hashes, times, and the size of what is compressed with times in it. */
const comparableText = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll(/\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b/g, 'HASH')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'NONCE')
    .replaceAll(/\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?/g, 'TIME')
    .replaceAll(/"ageMinutes":\d+/g, '"ageMinutes":0')
    .replaceAll(/\{[^{}]*\/outputs\.json"[^{}]*\}/g, (file) => file.replace(/"bytes":\d+/, '"bytes":0'));

const comparable = <Value>(value: Value): Value => JSON.parse(comparableText(value)) as Value;
