/** A state in Amazon States Language. */
export type State = Record<string, unknown> & { Type: string };

export interface WorkflowDefinition {
  StartAt: string;
  States: Record<string, State>;
}
