/** The synthesized state machine with shorter waits: few polls, because each one takes time. */
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { ACCOUNT, SynthesizedStack } from '../support/synthesized-stack';

/** Two cycles, each with one early poll: five polls, the first of them before any wait. */
const waiting = { seconds: 10, cycles: 2 };
/** Seconds that a batch has waited at its last poll. */
export const LAST_POLL = waiting.seconds * waiting.cycles;

let synthesized: WorkflowDefinition | undefined;

export function stateMachine() {
  if (!synthesized) {
    const { resource } = new SynthesizedStack({ waiting }).json;
    const [machine] = Object.values(resource.aws_sfn_state_machine ?? {});
    synthesized = JSON.parse(machine?.definition as string) as WorkflowDefinition;
  }
  const arn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:test`;
  return { name: 'test', arn, definition: synthesized };
}
