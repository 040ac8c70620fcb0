/** The synthesized definition with the real bundles, executed by the local interpreter and by that of LocalStack. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { type CollectionResult, collect } from '../../local/collection';
import { silent } from '../../local/display';
import {
  type FunctionName,
  type InvocationFault,
  faultyInvocations,
} from '../../local/engine/invocation-faults';
import { type ExecutionObserver, type Integrations, type WorkflowProps, execute } from '../../local/engine/workflow';
import type { OrganizationProps } from '../../local/fake-aws/organization/organization';
import type { Services } from '../../local/fake-aws/server';
import { ServiceError } from '../../local/fake-aws/service';
import { embeddedSource } from '../../local/source/embedded-source';
import { Synthesis } from '../../local/synthesis';
import { readStack } from '../../local/synthesized-stack';
import { organizationOf, temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';
import { type Executed, LocalStackEngine } from '../support/localstack/localstack-engine';

const WAIT_SECONDS = 0.05;

const { folder, remove } = temporaryFolder();
afterAll(remove);

let synthesis: Synthesis;
let localStack: LocalStackEngine;
beforeAll(async () => {
  synthesis = await Synthesis.make({ project: projectCopy(join(folder, 'project')) });
  localStack = await LocalStackEngine.start(WAIT_SECONDS);
});
afterAll(async () => {
  synthesis.remove();
  await localStack.stop();
});

interface Scenario {
  name: string;
  organization?: Partial<OrganizationProps>;
  faults?: InvocationFault[];
  change?: (services: Services) => Services;
}

async function executeHere(props: WorkflowProps) {
  const executed: Executed = { states: [], children: { succeeded: 0, failed: 0 } };
  const observer: ExecutionObserver = {
    beforeChild: () => Promise.resolve(),
    follow: (definition, events) => void (async () => {
      for await (const event of events) {
        if (definition === props.stateMachine.definition) {
          if (event.type === 'StateEntered') executed.states.push(event.state.name);
        } else if (event.type === 'ExecutionSucceeded') executed.children.succeeded++;
        else if (event.type === 'ExecutionFailed') executed.children.failed++;
      }
    })(),
  };
  const result = await execute({ ...props, observer });
  return { ...result, ...executed };
}

async function runWith(engine: 'here' | 'localstack', { name, organization = {}, faults = [], change }: Scenario) {
  const out = join(folder, name, engine);
  const source = await embeddedSource(organizationOf({ accounts: 6, ...organization }), out, '', change);
  source.settings[listAccountsSettings.batchSize.variable] = '2';
  const received: unknown[] = [];
  let executed: unknown;
  try {
    const stack = readStack(synthesis.fileOf('production'), source.accountId);
    const result = await collect({
      stack, source, folder: out, waitSeconds: WAIT_SECONDS, display: silent, execution: name,
      engine: async (props) => {
        const invoke = faultyInvocations(faults, async (_short, event) => {
          const { FunctionName, Payload } = event as { FunctionName: string; Payload: unknown };
          return (await props.integrations['lambda:invoke']({ FunctionName, Payload })).Payload;
        });
        const integrations: Integrations = {
          ...props.integrations,
          'lambda:invoke': async (call) => {
            const short = /(list-accounts|collect-reports|summarize-run)$/.exec(call.FunctionName)![0] as FunctionName;
            received.push({ short, payload: call.Payload });
            return { Payload: await invoke(short, call) };
          },
        };
        const r = await (engine === 'here' ? executeHere({ ...props, integrations }) : localStack.execute({ ...props, integrations }));
        executed = r;
        return r;
      },
    });
    writeFileSync(`/tmp/h17-ls/${name}-${engine}.json`, JSON.stringify({ result, executed, received }, null, 1));
    return { result, executed, received };
  } finally {
    await source.stop();
  }
}

const refuse = (): never => { throw new ServiceError(400, 'AccessDeniedException', 'User: "x" is not authorized'); };

const scenarios: Scenario[] = [
  { name: 'normal', organization: { slow: 2, denied: 1 } },
  { name: 'batch-fails', faults: [{ function: 'collect-reports', kind: 'crash', after: 0, times: Infinity, requests: 0 }] },
  { name: 'retries', faults: [{ function: 'collect-reports', kind: 'refused', after: 0, times: 4, requests: 0 }, { function: 'summarize-run', kind: 'crash', after: 0, times: 2, requests: 0 }] },
  { name: 'listing-denied', change: (services) => ({ ...services, organizations: refuse }) },
  { name: 'timeouts', faults: [{ function: 'summarize-run', kind: 'out-of-time', after: 0, times: Infinity, requests: 0 }] },
  { name: 'nothing', organization: { accounts: 2, suspended: 2 } },
];

it.each(scenarios)('$name', async (scenario) => {
  const t = Date.now();
  const peer = await runWith('localstack', scenario);
  const t1 = Date.now();
  const here = await runWith('here', scenario);
  console.log(scenario.name, t1 - t, Date.now() - t1);
  expect(here.executed).toEqual(peer.executed);
});
