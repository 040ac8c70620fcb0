/** Breaks a run at a state and redrives it: `--redrive`. What AWS does is modeled: see `redriveFrom` in `engine/workflow.ts`. */
import { FunctionError } from './engine/lambda';
import type { Integrations } from './engine/prepared-definition';
import { type ExecutionResult, type WorkflowProps, execute } from './engine/workflow';

/** States at which a run can fail; a batch that fails does not fail its run. */
export const REDRIVABLE_STATES = ['ListAccounts', 'SummarizeRun', 'PublishDigest'] as const;
export type RedrivableState = (typeof REDRIVABLE_STATES)[number];

/** How often the states of a run called something: the functions by their name, and the topic. */
export type CallCounts = Record<string, number>;

export interface Redrive {
  state: RedrivableState;
  /** Calls of the run until it failed, and after it was redriven. */
  calls: { before: CallCounts; after: CallCounts };
}

interface BrokenRun extends WorkflowProps {
  state: RedrivableState;
  /** Called when the run has failed, before it is redriven. */
  onFailed: (failed: Extract<ExecutionResult, { status: 'FAILED' }>) => void;
}

/** Runs a workflow whose state fails at every attempt, then redrives it with a state that works. */
export async function failAndRedrive({
  state,
  onFailed,
  ...props
}: BrokenRun): Promise<{ result: ExecutionResult; redrive?: Redrive }> {
  const calls: Redrive['calls'] = { before: {}, after: {} };
  const { integrations } = props;
  const first = await execute({
    ...props,
    integrations: counted(failingAt(state, props), calls.before),
  });
  if (first.status === 'SUCCEEDED') return { result: first };
  onFailed(first);
  const redriven = {
    ...props,
    redriveFrom: first.failedState,
    integrations: counted(integrations, calls.after),
  };
  return { result: await execute(redriven), redrive: { state, calls } };
}

/** Integrations that refuse every call of a state. */
function failingAt(state: RedrivableState, { stateMachine, integrations }: WorkflowProps): Integrations {
  const { FunctionName } = stateMachine.definition.States[state]?.Parameters as { FunctionName?: string };
  const refuse = () =>
    Promise.reject(new FunctionError('BrokenOnPurpose', `--redrive ${state} makes it fail`));
  if (FunctionName === undefined) return { ...integrations, 'sns:publish': refuse };
  return {
    ...integrations,
    'lambda:invoke': (call) =>
      call.FunctionName === FunctionName ? refuse() : integrations['lambda:invoke'](call),
  };
}

function counted(integrations: Integrations, counts: CallCounts): Integrations {
  const count = (arn: string) => {
    const name = arn.split(':').at(-1) ?? '';
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    'lambda:invoke': (call) => {
      count(call.FunctionName);
      return integrations['lambda:invoke'](call);
    },
    'sns:publish': (message) => {
      count(message.TopicArn);
      return integrations['sns:publish'](message);
    },
  };
}
