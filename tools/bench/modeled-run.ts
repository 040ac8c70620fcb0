import type { HandlerName } from '../../constructs/functions/handler-names';
import { type ExecutionResult, execute } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { CountedLogs } from './counted-logs';
import { type ExceededLimit, ExecutionHistories } from './execution-histories';
import { model } from './model';
import { ModeledAws } from './modeled-aws/modeled-aws';
import { ModeledBucket } from './modeled-aws/modeled-bucket';
import { type ModeledFunction, ModeledLambda } from './modeled-aws/modeled-lambda';
import { ModeledOrganization } from './modeled-aws/modeled-organization';
import { type ReportTime, SeededRandom } from './seeded-random';
import { START, inVirtualTime, sleep } from './virtual-time';

export interface RunProps {
  accounts: number;
  reportTime: ReportTime;
  seed: number;
  /**
   * The management account of the organization.
   * @default - the account that collects
   */
  managementAccount?: string | undefined;
  /** Called for every report that is stored, to show progress. */
  onReport?: () => void;
}

/** The services that the functions of a design call. */
export interface ModeledServices {
  organization: ModeledOrganization;
  aws: ModeledAws;
  bucket: ModeledBucket;
}

/** Invokes a function by its name. */
export type Invoke = (name: string, event: unknown) => Promise<unknown>;

/** A state machine and its functions. */
export interface Design {
  stateMachine: { name: string; arn: string; definition: WorkflowDefinition };
  functions: (services: ModeledServices, invoke: Invoke) => Record<string, ModeledFunction>;
}

export interface RunResult {
  status: ExecutionResult['status'] | 'LIMIT_EXCEEDED';
  /** Why it did not succeed. */
  error?: string;
  seconds: number;
  /** Until people have the results: what is left then is to hand them to other systems. */
  resultSeconds: number;
  services: ModeledServices;
  lambda: ModeledLambda;
  histories: ExecutionHistories;
  /** Bytes of all lines that the functions logged. */
  logBytes: number;
}

const EXPORT: HandlerName = 'export-results';

/** Runs a design once, in virtual time, until it ends or exceeds a limit of Step Functions. */
export function modeledRun(design: Design, props: RunProps): Promise<RunResult> {
  const { accounts, reportTime, seed } = props;
  const seeded = new SeededRandom(seed + 1);
  const { random } = Math;
  // The interpreter and the SDK use it for their jitter.
  Math.random = () => seeded.fraction();
  const logs = new CountedLogs();
  const run = async () => {
    const organization = new ModeledOrganization(accounts, reportTime, seed, props.managementAccount);
    const aws = new ModeledAws(organization, seed + 2);
    const services = { organization, aws, bucket: new ModeledBucket(aws, props.onReport) };
    const invoke: Invoke = (name, event) => lambda.invoke(name, event);
    const lambda = new ModeledLambda(design.functions(services, invoke));
    let resultsAt: number | undefined;
    const onExport = () => (resultsAt ??= Date.now());
    const result = await logs.during(() => runUntilLimit(design, lambda, onExport));
    const endedAt = Date.now();
    const logBytes = logs.bytes + lambda.invocations * model.logs.invocationBytes;
    const secondsUntil = (time: number) => (time - START) / 1000;
    const times = { seconds: secondsUntil(endedAt), resultSeconds: secondsUntil(resultsAt ?? endedAt) };
    return { ...result, ...times, services, lambda, logBytes };
  };
  return inVirtualTime(run).finally(() => (Math.random = random));
}

async function runUntilLimit(
  { stateMachine }: Design,
  lambda: ModeledLambda,
  onExport: () => void,
): Promise<Pick<RunResult, 'status' | 'error' | 'histories'>> {
  const limit = Promise.withResolvers<ExceededLimit>();
  const histories = new ExecutionHistories(limit.resolve);
  let nextChildAt = Date.now();
  const execution = execute({
    stateMachine,
    execution: 'bench',
    integrations: {
      'lambda:invoke': async ({ FunctionName, Payload }) => {
        if (FunctionName.endsWith(EXPORT)) onExport();
        histories.addPayload(Payload);
        const result = await lambda.invoke(FunctionName.split(':').at(-1) ?? '', Payload);
        histories.addPayload(result, model.stepFunctions.invocationEnvelopeBytes);
        return { Payload: result };
      },
      'sns:publish': async (message) => {
        histories.addPayload(message);
        await sleep(model.latencyMs.Publish);
        return { MessageId: '1' };
      },
    },
    observer: {
      beforeChild: async () => {
        nextChildAt = Math.max(nextChildAt, Date.now()) + 1000 / model.childStartsPerSecond;
        await sleep(nextChildAt - Date.now());
      },
      follow: (definition, events) => {
        const kind = definition === stateMachine.definition ? 'Parent' : 'Child';
        void histories.follow(definition, events, kind);
      },
    },
  });
  const result = await Promise.race([execution, limit.promise]);
  if (typeof result === 'string') return { status: 'LIMIT_EXCEEDED', error: result, histories };
  const error = result.status === 'FAILED' ? `${result.error}: ${result.cause}` : undefined;
  return { status: result.status, ...(error && { error }), histories };
}
