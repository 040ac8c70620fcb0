/** The state machine as it is synthesized, but for its waiting: few looks, since every one of them costs time. */
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { SynthesizedStack } from '../support/synthesized-stack';

/** Two cycles, each with one early look: five looks, the first of them before any waiting. */
const waiting = { seconds: 10, cycles: 2 };
/** What an account has waited at its last look, s. */
export const LAST_LOOK = waiting.seconds * waiting.cycles;

let synthesized: WorkflowDefinition | undefined;

export function stateMachine() {
  if (!synthesized) {
    const { resource } = new SynthesizedStack({ waiting }).json;
    const [machine] = Object.values(resource.aws_sfn_state_machine ?? {});
    synthesized = JSON.parse(machine?.definition as string) as WorkflowDefinition;
  }
  const arn = 'arn:aws:states:us-east-1:111111111111:stateMachine:test';
  return { name: 'test', arn, definition: synthesized };
}
