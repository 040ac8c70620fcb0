import { type ExecutionResult, execute } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { Chance, type ReportTime } from './chance';
import { type Broken, Histories } from './history';
import { model } from './model';
import { ModelledAws } from './modelled-aws';
import { ModelledBucket } from './modelled-bucket';
import { type ModelledFunction, ModelledLambda } from './modelled-lambda';
import { ModelledOrganization } from './organization';
import { START, inVirtualTime, pass } from './virtual-time';

export interface RunProps {
  accounts: number;
  reportTime: ReportTime;
  seed: number;
  /** Called for every report that is stored; for a display. */
  onReport?: () => void;
}

/** What the functions of a design have to do with. */
export interface World {
  organization: ModelledOrganization;
  aws: ModelledAws;
  bucket: ModelledBucket;
}

/** Invokes a function by its name. */
export type Invoke = (name: string, event: unknown) => Promise<unknown>;

/** A way to collect the reports. */
export interface Design {
  stateMachine: { name: string; arn: string; definition: WorkflowDefinition };
  functions: (world: World, invoke: Invoke) => Record<string, ModelledFunction>;
}

export interface RunResult {
  status: ExecutionResult['status'] | 'BROKEN';
  /** Why it did not succeed. */
  error?: string;
  seconds: number;
  world: World;
  lambda: ModelledLambda;
  histories: Histories;
}

/** Runs a design once, in virtual time, until it ends or breaks. */
export function modelledRun(design: Design, props: RunProps): Promise<RunResult> {
  const { accounts, reportTime, seed } = props;
  const chance = new Chance(seed + 1);
  const { random } = Math;
  // The interpreter and the SDK take their jitter from here.
  Math.random = () => chance.fraction();
  return inVirtualTime(async () => {
    const organization = new ModelledOrganization(accounts, reportTime, seed);
    const aws = new ModelledAws(organization, seed + 2);
    const world = { organization, aws, bucket: new ModelledBucket(aws, props.onReport) };
    const invoke: Invoke = (name, event) => lambda.invoke(name, event);
    const lambda = new ModelledLambda(design.functions(world, invoke));
    const ended = await raced(design, lambda);
    return { ...ended, seconds: (Date.now() - START) / 1000, world, lambda };
  }).finally(() => (Math.random = random));
}

async function raced(
  { stateMachine }: Design,
  lambda: ModelledLambda,
): Promise<Pick<RunResult, 'status' | 'error' | 'histories'>> {
  let breaks: (what: Broken) => void = () => undefined;
  const broken = new Promise<Broken>((resolve) => (breaks = resolve));
  const histories = new Histories((what) => {
    breaks(what);
  });
  let nextChild = Date.now();
  const execution = execute({
    stateMachine,
    execution: 'bench',
    integrations: {
      'lambda:invoke': async ({ FunctionName, Payload }) => {
        histories.payload(Payload);
        const result = await lambda.invoke(FunctionName.split(':').at(-1) ?? '', Payload);
        histories.payload(result, model.stepFunctions.invocationEnvelopeBytes);
        return { Payload: result };
      },
      'sns:publish': (message) => {
        histories.payload(message);
        return Promise.resolve({ MessageId: '1' });
      },
    },
    observer: {
      beforeChild: async () => {
        nextChild = Math.max(nextChild, Date.now()) + 1000 / model.childStartsPerSecond;
        await pass(nextChild - Date.now());
      },
      follow: (definition, events) => {
        const kind = definition === stateMachine.definition ? 'Parent' : 'Child';
        void histories.follow(definition, events, kind);
      },
    },
  });
  const result = await Promise.race([execution, broken]);
  if (typeof result === 'string') return { status: 'BROKEN', error: result, histories };
  const error = result.status === 'FAILED' ? `${result.error}: ${result.cause}` : undefined;
  return { status: result.status, ...(error && { error }), histories };
}
