/** Calls that a statement allows. */
import type { Statement } from '../../../constructs/policy';
import type { Call } from '../authorization';
import type { EnforcedEnvironment } from '../environments';

/** One call for each action and resource, which meets every condition about the request itself. */
export function concrete({
  Action,
  Resource = [],
  Condition = {},
}: Statement): Pick<Call, 'action' | 'resource' | 'context'>[] {
  const context = Object.fromEntries(
    Object.values(Condition)
      .flatMap((tests) => Object.entries(tests))
      .filter(([key]) => /^(s3|kms):/.test(key))
      .map(([key, value]) => [key, matching([value].flat()[0] ?? '')]),
  );
  return [Action]
    .flat()
    .flatMap((action: string) =>
      [Resource].flat().map((resource: string) => ({ action, resource: matching(resource), context })),
    );
}

/** A text that a pattern matches. */
const matching = (pattern: string) => pattern.replaceAll('*', 'x').replaceAll('?', '1');

/** The key that a key policy is about: in the policy it is called `*`. */
export const keyOf = (document: string, { bucket, signingKeyArn }: EnforcedEnvironment) =>
  ({ 'report-key/policy': bucket.keyArn, 'signing-key/key': signingKeyArn })[document];
