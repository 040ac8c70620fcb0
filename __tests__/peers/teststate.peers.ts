/** Each state of the synthesized definition, judged by TestState: not that of AWS here, but that of LocalStack. */
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { askAws } from '../../tools/teststate/ask-aws';
import { type JudgedCase, casesOf } from '../../tools/teststate/cases';
import { differences } from '../../tools/teststate/compare';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';
import { LocalStack } from '../support/localstack/localstack';

const arn = 'arn:aws:states:us-east-1:111111111111:stateMachine:test';
const stateMachine = new SynthesizedStack().resource('workflow/state-machine');
const machine = {
  name: 'test',
  arn,
  definition: JSON.parse(String(stateMachine.definition)) as WorkflowDefinition,
};

let localStack: LocalStack;
let cases: readonly JudgedCase[];
beforeAll(async () => {
  localStack = await LocalStack.start(0, 0);
  cases = await casesOf(machine.definition, machine);
});
afterAll(() => localStack.stop());

/** LocalStack has no TestState of Wait states. */
const isComparable = ({ state }: JudgedCase) => state.Type !== 'Wait';

it('TestState says of every state what the local interpreter says', async () => {
  const client = localStack.clientFor(arn);
  const found: string[] = [];
  for (const one of cases.filter(isComparable)) {
    const lines = differences(one, await askAws({ client, machine }, one));
    found.push(...lines.map((line) => `${one.name}: ${line}`));
  }
  expect(found).toEqual([]);
});

it('TestState judges the definition that it is sent', async () => {
  const [one] = cases.filter(
    ({ state, local }) => state.Type === 'Choice' && local.nextState === state.Default,
  );
  const Default = machine.definition.StartAt;
  const States = { ...machine.definition.States, [one!.name]: { ...one!.state, Default } };
  const changed = { ...machine, definition: { ...machine.definition, States } };
  const aws = await askAws({ client: localStack.clientFor(arn), machine: changed }, one!);
  expect(differences(one!, aws)).toEqual([
    `${one!.about}: nextState is "${Default}" on AWS, "${one!.local.nextState}" locally`,
  ]);
});

it('TestState refuses a state that is not in the definition', async () => {
  const unknown = { ...cases[0]!, name: 'Unknown' };
  const answer = await askAws({ client: localStack.clientFor(arn), machine }, unknown);
  expect(differences(unknown, answer)).toEqual([
    'two batches: AWS refused to test it: ValidationException: State not found in definition',
  ]);
});
