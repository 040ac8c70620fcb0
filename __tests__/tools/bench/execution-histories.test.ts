import { ExecutionHistories } from '../../../tools/bench/execution-histories';
import { inVirtualTime } from '../../../tools/bench/virtual-time';
import { execute } from '../../../local/engine/workflow';
import type { WorkflowDefinition } from '../../../local/engine/workflow-definition';

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', Payload: {} },
};
const wait = { Type: 'Wait', Seconds: 60 };
const choice = {
  Type: 'Choice',
  Choices: [{ Variable: '$.never', IsPresent: true, Next: 'End' }],
  Default: 'End',
};
const succeed = { Type: 'Succeed' };
const distributed = {
  Type: 'Map',
  ItemsPath: '$.items',
  ItemSelector: { 'item.$': '$$.Map.Item.Value' },
  MaxConcurrency: 5,
  ToleratedFailurePercentage: 100,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'End',
    States: { End: succeed },
  },
};

const mapOfSeven = {
  Items: { Type: 'Pass', Result: { items: [1, 2, 3, 4, 5, 6, 7] }, Next: 'Map' },
  Map: { ...distributed, Next: 'End' },
  End: succeed,
};

/** Runs a definition whose function fails a number of times and then succeeds. */
async function historyOf(States: WorkflowDefinition['States'], failures = 0): Promise<ExecutionHistories> {
  const definition = { StartAt: Object.keys(States)[0] ?? '', States };
  const histories = new ExecutionHistories(() => undefined);
  let calls = 0;
  await inVirtualTime(() =>
    execute({
      stateMachine: { name: 'm', arn: 'arn:aws:states:us-east-1:1:stateMachine:m', definition },
      execution: 'e',
      integrations: {
        'lambda:invoke': () =>
          calls++ < failures ? Promise.reject(new Error('fails')) : Promise.resolve({ Payload: {} }),
        'sns:publish': () => Promise.resolve({}),
      },
      observer: {
        beforeChild: () => Promise.resolve(),
        follow: (followed, events) => {
          void histories.follow(followed, events, followed === definition ? 'Parent' : 'Child');
        },
      },
    }),
  );
  return histories;
}

const eventsOf = async (States: WorkflowDefinition['States'], failures?: number) =>
  (await historyOf(States, failures)).maxParentEvents;

/** The two events of the execution itself, and the two of the Succeed state at its end. */
const OTHERS = 2 + 2;

describe('the history', () => {
  it('has 5 events for a Lambda task', async () => {
    expect(await eventsOf({ Task: { ...task, Next: 'End' }, End: succeed })).toBe(OTHERS + 5);
  });

  it('has 3 more events for every retry', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }];
    expect(await eventsOf({ Task: { ...task, Retry, Next: 'End' }, End: succeed }, 2)).toBe(OTHERS + 5 + 6);
  });

  it('has 5 events for a task whose failure is caught', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'End' }];
    expect(await eventsOf({ Task: { ...task, Catch, Next: 'End' }, End: succeed }, 1)).toBe(OTHERS + 5);
  });

  it('has 2 events each for Choice, Wait and Pass, and 1 for Fail', async () => {
    expect(await eventsOf({ Choice: choice, End: succeed })).toBe(OTHERS + 2);
    expect(await eventsOf({ Wait: { ...wait, Next: 'End' }, End: succeed })).toBe(OTHERS + 2);
    expect(await eventsOf({ Pass: { Type: 'Pass', Next: 'End' }, End: succeed })).toBe(OTHERS + 2);
    expect(await eventsOf({ Fail: { Type: 'Fail', Error: 'E', Cause: 'C' } })).toBe(2 + 1);
  });

  it('has 4 events for an inline Map, 2 for each iteration, and those of its states', async () => {
    const ItemProcessor = { StartAt: 'Task', States: { Task: { ...task, Next: 'End' }, End: succeed } };
    const States = {
      Items: { Type: 'Pass', Result: [1, 2, 3], Next: 'Map' },
      Map: { Type: 'Map', ItemProcessor, End: true },
    };
    expect(await eventsOf(States)).toBe(2 + 2 + 4 + 3 * (2 + 5 + 2));
  });

  it('has 6 events for a Distributed Map, however many children it has', async () => {
    const histories = await historyOf(mapOfSeven);
    expect(histories.maxParentEvents).toBe(OTHERS + 2 + 6);
    expect(histories.maxChildEvents).toBe(2 + 2);
  });

  it('costs a transition for each state that is entered, each retry and each child execution', async () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }];
    const retried = await historyOf({ Task: { ...task, Retry, Next: 'End' }, End: succeed }, 2);
    expect(retried.transitions).toBe(2 + 2);
    const mapped = await historyOf(mapOfSeven);
    expect(mapped.transitions).toBe(3 + 7 * (1 + 1));
  });
});
