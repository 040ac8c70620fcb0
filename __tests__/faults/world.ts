/** Runs a case: the synthesized definition, the functions in this process, and everything that goes wrong. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectReportsEvent } from '../../handlers/contract';
import { type Deliver, type FunctionName, faultyInvocations } from '../../local/invocation-faults';
import { FunctionError } from '../../local/lambda';
import { type FaultKind, withFaults } from '../../local/organization/faults';
import type { Call } from '../../local/organization/calls';
import type { EmbeddedOrganization } from '../../local/organization/model';
import { LocalEndpoint, servicesOf } from '../../local/organization/server';
import { type ExecutionResult, type WorkflowDefinition, execute } from '../../local/workflow';
import { organizationOf, temporaryFolder } from '../embedded';
import { SynthesizedStack } from '../stacks';
import { type Delivery, TrackedConnections, deliveryOf, during } from './deliveries';
import type { FaultCase } from './fault-case';
import { functionsOn } from './functions';
import type { Broken } from './rules';
import { watched } from './watched-bucket';

const BUCKET = 'reports';
/** How long a silent service keeps a connection, ms: it stands for the client's timeout. */
const PATIENCE = 20;
/** What is kept of a function's time to record (handlers/collect-reports.ts), ms. */
const TIME_TO_RECORD = 20_000;
/** More deliveries than any run can need: 7 batches, 4 looks, each delivered 9 times and twice. */
const ENDLESS = 1_000;

/** Two cycles, and one early look: four looks, the first of them before any waiting. */
const waiting = { seconds: 10, cycles: 2 };
export const LAST_LOOK = waiting.seconds * waiting.cycles;

let synthesized: WorkflowDefinition | undefined;
function definition(): WorkflowDefinition {
  if (!synthesized) {
    const [machine] = Object.values(
      new SynthesizedStack({ waiting }).json.resource.aws_sfn_state_machine ?? {},
    );
    synthesized = JSON.parse(machine?.definition as string) as WorkflowDefinition;
  }
  return synthesized;
}

/** A call that a fault hit, and the delivery that made it. */
export interface TracedHit extends Call {
  kind: FaultKind;
  delivery: Delivery | undefined;
}

/** One run of the workflow. */
export interface Run {
  execution: string;
  result: ExecutionResult;
  notifications: { subject: string; message: string }[];
  hits: TracedHit[];
  deliveries: Delivery[];
  /** Whether the last answer that a state got from a function, for a batch, was an error. */
  failedAtLast: (name: FunctionName, batch?: number) => boolean;
}

export class World {
  readonly organization: EmbeddedOrganization;
  readonly broken: Broken[] = [];
  private readonly deliveries: Delivery[] = [];
  private readonly hits: TracedHit[] = [];
  private faulty = true;

  private constructor(
    private readonly props: FaultCase,
    private readonly folder: string,
  ) {
    const { accounts, suspended } = props;
    this.organization = organizationOf({ accounts, suspended: Math.min(suspended, accounts) });
  }

  /** Makes a world, and unmakes it after the work. */
  static async of<Result>(props: FaultCase, work: (world: World) => Promise<Result>): Promise<Result> {
    const { folder, remove } = temporaryFolder();
    try {
      return await work(new World(props, folder));
    } finally {
      remove();
    }
  }

  /** Runs the workflow to its end, more than once at the same time if several executions are named. */
  async run(executions: string[], { faulty }: { faulty: boolean }): Promise<Run[]> {
    this.faulty = faulty;
    const { organization, folder, props } = this;
    const services = servicesOf(organization, folder);
    const endpoint = await LocalEndpoint.start(
      withFaults({
        services: {
          ...services,
          ...(services.s3 && { s3: watched(services.s3, folder, organization, this.broken) }),
        },
        faults: faulty ? props.faults : [],
        accounts: organization.accounts.map(({ id }) => id),
        onHit: ({ request, ...hit }) =>
          this.hits.push({ ...hit, delivery: this.deliveries[deliveryOf(request.headers)] }),
      }),
      PATIENCE,
    );
    const requestHandler = new TrackedConnections();
    try {
      const functions = functionsOn({
        endpoint: endpoint.url,
        bucket: BUCKET,
        requestHandler,
        batchSize: props.batchSize,
      });
      return await Promise.all(executions.map((execution) => this.execution(execution, functions)));
    } finally {
      requestHandler.destroy();
      await endpoint.stop();
    }
  }

  private async execution(execution: string, functions: ReturnType<typeof functionsOn>): Promise<Run> {
    const { deliveries, hits } = this;
    const own = (delivery: Delivery | undefined) => delivery?.execution === execution;
    const notifications: Run['notifications'] = [];
    let delivered = 0;
    const answers = new Map<string, 'answered' | 'failed'>();
    const deliver: Deliver = async (name, event, { requests = Infinity, time }) => {
      const { batch, waited } = event as Partial<CollectReportsEvent>;
      const cutShort = time !== undefined;
      const delivery = {
        id: deliveries.length,
        execution,
        function: name,
        batch,
        waited,
        requests,
        cutShort,
      };
      deliveries.push(delivery);
      if (++delivered > ENDLESS) {
        if (delivered === ENDLESS + 1) {
          this.broken.push({ rule: 'a run ends', detail: `${ENDLESS} deliveries, the last to ${name}` });
        }
        throw new FunctionError('InvalidInput', 'the run does not end');
      }
      const until = Date.now() + TIME_TO_RECORD + (time ?? 0);
      const context = cutShort ? { getRemainingTimeInMillis: () => until - Date.now() } : undefined;
      return during(delivery, () => functions[name](event, context));
    };
    const invoke = faultyInvocations(this.faulty ? this.props.invocationFaults : [], deliver);
    const result = await execute({
      stateMachine: {
        name: 'test',
        arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:test',
        definition: definition(),
      },
      execution,
      waitSeconds: 0,
      integrations: {
        'lambda:invoke': async ({ FunctionName, Payload }) => {
          const name = nameOf(FunctionName, functions);
          const key = `${name} ${(Payload as Partial<CollectReportsEvent>).batch ?? ''}`;
          answers.set(key, 'failed');
          const answer = await invoke(name, Payload);
          answers.set(key, 'answered');
          return { Payload: JSON.parse(JSON.stringify(answer)) as unknown };
        },
        'sns:publish': ({ Subject, Message }) => {
          notifications.push({ subject: Subject, message: Message });
          return Promise.resolve({});
        },
      },
    });
    return {
      execution,
      result,
      notifications,
      hits: hits.filter(({ delivery }) => own(delivery)),
      deliveries: deliveries.filter(own),
      failedAtLast: (name, batch) => answers.get(`${name} ${batch ?? ''}`) === 'failed',
    };
  }

  object(key: string): Buffer {
    return readFileSync(join(this.folder, BUCKET, key));
  }

  json(key: string): unknown {
    return JSON.parse(this.object(key).toString());
  }

  /** Every object of the bucket with a digest of its content. */
  objects(): Map<string, string> {
    const bucket = join(this.folder, BUCKET);
    if (!existsSync(bucket)) return new Map();
    const files = readdirSync(bucket, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return new Map(
      files.map((file) => {
        const key = join(file.parentPath, file.name).slice(bucket.length + 1);
        return [key, createHash('sha256').update(this.object(key)).digest('hex')];
      }),
    );
  }
}

function nameOf(functionName: string, functions: object): FunctionName {
  const name = Object.keys(functions).find((one) => functionName.includes(one));
  if (!name) throw new Error(`no function ${functionName}`);
  return name as FunctionName;
}
