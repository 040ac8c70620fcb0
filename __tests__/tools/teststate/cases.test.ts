import type { State, WorkflowDefinition } from '../../../local/engine/workflow-definition';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { answersOf } from '../../../tools/teststate/answers';
import { type JudgedCase, casesOf } from '../../../tools/teststate/cases';
import { differences } from '../../../tools/teststate/compare';

const stateMachine = new SynthesizedStack().resource('workflow/state-machine');
const definition = JSON.parse(String(stateMachine.definition)) as WorkflowDefinition;
const machine = { name: 'test', arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:test' };

let cases: readonly JudgedCase[];
beforeAll(async () => {
  cases = await casesOf(definition, machine);
});

interface Transitions {
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
}

/** Every transition that a definition has, also those of the children. */
function transitionsIn({ States }: WorkflowDefinition): string[] {
  return Object.entries(States).flatMap(([name, state]) => {
    const { Next, Default, Choices = [], Catch = [] } = state as State & Transitions;
    const targets = [Next, Default, ...[...Choices, ...Catch].map((one) => one.Next)];
    const inner = state.ItemProcessor ? transitionsIn(state.ItemProcessor as WorkflowDefinition) : [];
    return [...targets.flatMap((target) => (target === undefined ? [] : `${name} → ${target}`)), ...inner];
  });
}

describe('The cases of a definition', () => {
  it('take every transition', () => {
    const taken = cases.flatMap(({ name, local }) => (local.nextState ? `${name} → ${local.nextState}` : []));
    expect([...new Set(taken)].sort()).toEqual([...new Set(transitionsIn(definition))].sort());
  });

  it('retry every task, and end every retry', () => {
    const retried = cases.filter(({ mock }) => mock && 'error' in mock && mock.retries > 0);
    expect(new Set(retried.map(({ local }) => local.status))).not.toContain('RETRIABLE');
    const tasks = cases.filter(({ state }) => state.Type === 'Task').map(({ name }) => name);
    expect(new Set(retried.map(({ name }) => name))).toEqual(new Set(tasks));
  });

  it('have the input of each child of a Map', () => {
    const [map] = cases.filter(({ state }) => state.Type === 'Map');
    expect(map!.children).toMatchObject([
      { batch: 1, turn: 0 },
      { batch: 2, turn: 1 },
    ]);
  });

  it('need an answer of everything that a state calls', () => {
    const Resource = 'arn:aws:states:::lambda:invoke';
    expect(() => answersOf({ Type: 'Task', Resource, Parameters: { FunctionName: 'another' } })).toThrow(
      'tools/teststate/answers.ts has no answer of another',
    );
  });
});

describe('A case', () => {
  it('differs if AWS says another thing of it, whatever it is', () => {
    const [one] = cases;
    expect(differences(one!, { ...one!.local })).toEqual([]);
    for (const field of ['status', 'nextState', 'output', 'parameters'] as const) {
      const answer = { ...one!.local, [field]: 'other' } as never;
      expect(differences(one!, answer)).toEqual([
        expect.stringMatching(`^${one!.about}: ${field} is "other" on AWS, .* locally$`),
      ]);
    }
  });

  it('is not compared in what AWS does not tell', () => {
    const [one] = cases;
    expect(differences(one!, { ...one!.local, parameters: undefined })).toEqual([]);
  });

  it('differs if children of a Map get another input', () => {
    const [map] = cases.filter(({ children }) => children);
    const answer = { ...map!.local, children: map!.children!.slice(1) };
    expect(differences(map!, answer)).toEqual([expect.stringMatching(/: children is \[.*\] on AWS/)]);
  });
});
