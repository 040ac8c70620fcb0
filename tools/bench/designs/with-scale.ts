import type { Scale } from '../../../constructs/environment/environment';
import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import type { SynthesizedStack } from '../../../local/synthesized-stack';
import type { State } from '../../../local/engine/workflow-definition';

/** The stack with another scale. What the scale leaves out stays as synthesized. */
export function withScale(stack: SynthesizedStack, scale: Partial<Scale>): SynthesizedStack {
  const { batchSize, batchConcurrency, mapConcurrency } = scale;
  const { States, ...definition } = stack.stateMachine.definition;
  const variables = new Map([
    [listAccountsSettings.batchSize.variable, batchSize],
    [collectReportsSettings.concurrency.variable, batchConcurrency],
  ]);
  const map = { ...States.CollectReports, ...(mapConcurrency && { MaxConcurrency: mapConcurrency }) };
  return {
    ...stack,
    stateMachine: {
      ...stack.stateMachine,
      definition: { ...definition, States: { ...States, CollectReports: map as State } },
    },
    functions: stack.functions.map(({ environment, ...rest }) => ({
      ...rest,
      environment: Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, String(variables.get(name) ?? value)]),
      ),
    })),
  };
}
