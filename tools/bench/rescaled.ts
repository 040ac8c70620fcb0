import type { Scale } from '../../constructs/environment/environment';
import type { SynthesizedStack } from '../../local/synthesized-stack';
import type { State } from '../../local/engine/workflow-definition';

/** What would be deployed with another scale; what is not given stays as synthesized. */
export function rescaled(stack: SynthesizedStack, scale: Partial<Scale>): SynthesizedStack {
  const { batchSize, batchConcurrency, mapConcurrency } = scale;
  const { States, ...definition } = stack.stateMachine.definition;
  const settings = {
    ...(batchSize && { BATCH_SIZE: String(batchSize) }),
    ...(batchConcurrency && { CONCURRENCY: String(batchConcurrency) }),
  };
  const map = { ...States.CollectReports, ...(mapConcurrency && { MaxConcurrency: mapConcurrency }) };
  return {
    ...stack,
    stateMachine: {
      ...stack.stateMachine,
      definition: { ...definition, States: { ...States, CollectReports: map as State } },
    },
    functions: stack.functions.map((one) => ({
      ...one,
      environment: Object.fromEntries(
        Object.entries(one.environment).map(([name, value]) => [
          name,
          settings[name as keyof typeof settings] ?? value,
        ]),
      ),
    })),
  };
}
