/** Walks through a definition from its start, with every answer and error, until every transition was taken. */
import { isDistributedMap } from '../../local/engine/distributed-map';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { type StateMachine, childInputs, localVerdict } from './local-verdict';
import { type StateCase, type Verdict, callsSomething, mocksOf } from './state-case';

export interface JudgedCase extends StateCase {
  /** What the local interpreter says of it. */
  readonly local: Verdict;
  /** Inputs of the children, for a Map. */
  readonly children?: readonly unknown[];
}

interface Place {
  readonly definition: WorkflowDefinition;
  readonly name: string;
  readonly input: unknown;
  /** How it was reached. */
  readonly about: string;
}

export async function casesOf(
  definition: WorkflowDefinition,
  machine: StateMachine,
): Promise<readonly JudgedCase[]> {
  const cases = new Map<string, JudgedCase>();
  const places: Place[] = [{ definition, name: definition.StartAt, input: {}, about: 'the start' }];
  for (const place of places) {
    for (const one of casesAt(place)) {
      const local = await localVerdict(one, machine);
      const key = `${one.name}, ${one.about}, ${local.nextState}`;
      if (cases.has(key)) continue;
      const children = isDistributedMap(one.state) ? await childInputs(one, machine) : undefined;
      cases.set(key, { ...one, local, ...(children && { children }) });
      places.push(...reachedFrom(one, local, children));
    }
  }
  return [...cases.values()];
}

function casesAt({ definition, name, input, about }: Place): StateCase[] {
  const state = definition.States[name];
  if (!state) throw new Error(`The definition has no state ${name}`);
  const at = { definition, name, state, input };
  if (!callsSomething(state)) return [{ ...at, about }];
  const { batches = [] } = input as { batches?: unknown[] };
  return mocksOf(state, batches.length).map((variant) => ({ ...at, ...variant }));
}

function reachedFrom(
  { definition, about, state }: StateCase,
  local: Verdict,
  children: unknown[] = [],
): Place[] {
  const next =
    local.nextState === undefined ? [] : [{ definition, name: local.nextState, input: local.output, about }];
  if (!isDistributedMap(state)) return next;
  const { ItemProcessor } = state;
  const first = children.slice(0, 1).map((input) => ({
    definition: ItemProcessor,
    name: ItemProcessor.StartAt,
    input,
    about: 'the first batch',
  }));
  return [...first, ...next];
}
