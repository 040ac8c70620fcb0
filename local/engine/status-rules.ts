/**
 * A model of the events that Step Functions sends when an execution ends, and of rules of EventBridge that turn them into
 * messages. Of patterns it knows lists of values, and of paths names with dots.
 */

/** A rule with a topic as its target. */
export interface StatusRule {
  pattern: Pattern;
  paths: Record<string, string>;
  template: string;
}

interface Pattern {
  [field: string]: readonly unknown[] | Pattern;
}
type Resources = Record<string, Record<string, Record<string, unknown>> | undefined>;

/** The rules of a synthesized stack; each has one target. */
export function statusRules(resource: Resources): StatusRule[] {
  const targets = Object.values(resource.aws_cloudwatch_event_target ?? {});
  return Object.entries(resource.aws_cloudwatch_event_rule ?? {}).map(([id, { event_pattern: pattern }]) => {
    const target = targets.find(({ rule }) => rule === `\${aws_cloudwatch_event_rule.${id}.name}`);
    const transformer = target?.input_transformer as
      { input_paths: StatusRule['paths']; input_template: string } | undefined;
    if (!transformer) throw new Error(`The rule ${id} has no target with an input transformer`);
    return {
      pattern: JSON.parse(pattern as string) as Pattern,
      paths: transformer.input_paths,
      template: transformer.input_template,
    };
  });
}

export interface EndedExecution {
  stateMachineArn: string;
  executionArn: string;
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  error?: string;
  cause?: string;
}

/** The messages that rules send about the end of an execution. */
export function messagesAbout(detail: EndedExecution, rules: readonly StatusRule[]): string[] {
  const event = { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail };
  return rules
    .filter(({ pattern }) => matches(pattern, event))
    .map(({ paths, template }) => transformed(event, paths, template));
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function matches(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    const found = fieldOf(value, name);
    return Array.isArray(expected) ? expected.includes(found) : matches(expected as Pattern, found);
  });
}

/** A variable that stands alone becomes a JSON value; within a text it is put in without quotation marks around it. */
export function transformed(event: object, paths: StatusRule['paths'], template: string): string {
  return template.replaceAll(/(?<=([:,[])?)<(\w+)>/g, (variable, alone: string | undefined, name: string) => {
    if (!Object.hasOwn(paths, name)) return variable;
    const value = (paths[name] ?? '').split('.').slice(1).reduce<unknown>(fieldOf, event) ?? '';
    const json = JSON.stringify(value);
    return alone === undefined ? json.replaceAll(/^"|"$/g, '') : json;
  });
}
