/** The synthesized state machine with shorter waits: few polls, because each one takes time. */
import type { RunSettings } from '../../handlers/shared/events';
import { type StatusRule, statusRules } from '../../local/engine/status-rules';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { STATE_MACHINE } from '../support/embedded-execution';
import { SynthesizedStack } from '../support/synthesized-stack';

/** Two cycles, each with one early poll: five polls, the first of them before any wait. */
const waiting = { seconds: 10, cycles: 2 };
/** Seconds that a batch has waited at its last poll. */
export const LAST_POLL = waiting.seconds * waiting.cycles;
/** Name of the environment. */
export const ENVIRONMENT = 'test';

let synthesized: { definition: WorkflowDefinition; rules: StatusRule[] } | undefined;

export function stateMachine() {
  if (!synthesized) {
    const { resource } = new SynthesizedStack({ waiting, serviceCredentials: true }, ENVIRONMENT).json;
    const [machine] = Object.values(resource.aws_sfn_state_machine ?? {});
    synthesized = {
      definition: JSON.parse(machine?.definition as string) as WorkflowDefinition,
      rules: statusRules(resource),
    };
  }
  return { name: ENVIRONMENT, arn: STATE_MACHINE, ...synthesized };
}

/** The settings that the definition passes to `list-accounts`. */
export function definedSettings(): RunSettings {
  const { Parameters } = stateMachine().definition.States.ListAccounts as unknown as {
    Parameters: { Payload: { settings: RunSettings } };
  };
  return Parameters.Payload.settings;
}
