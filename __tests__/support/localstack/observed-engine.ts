import { type ExecutionResult, type WorkflowProps, execute } from '../../../local/engine/workflow';
import type { Executed } from './localstack-engine';

export type Engine = (props: WorkflowProps) => Promise<ExecutionResult & Executed>;

/** The interpreter of the local run, observed. */
export const localEngine: Engine = async (props) => {
  const executed: Executed = {
    states: [],
    failedState: { name: '', input: null },
    children: { succeeded: 0, failed: 0 },
  };
  const followed: Promise<void>[] = [];
  const result = await execute({
    ...props,
    observer: {
      beforeChild: () => Promise.resolve(),
      follow: (definition, events) => {
        followed.push(note(definition === props.stateMachine.definition, events, executed));
      },
    },
  });
  await Promise.all(followed);
  return { ...executed, ...result };
};

type Events = Parameters<NonNullable<WorkflowProps['observer']>['follow']>[1];

async function note(isParent: boolean, events: Events, executed: Executed): Promise<void> {
  for await (const event of events) {
    if (isParent && event.type === 'StateEntered') {
      executed.states.push(event.state.name);
      executed.failedState = { name: event.state.name, input: event.state.input };
    }
    if (!isParent && event.type === 'ExecutionSucceeded') executed.children.succeeded += 1;
    if (!isParent && event.type === 'ExecutionFailed') executed.children.failed += 1;
  }
}
