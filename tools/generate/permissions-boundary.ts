import { policy } from '../../constructs/policy';
import { everyOption } from '../provider-schema/every-option';
import { SynthesizedStack } from '../support/synthesized-stack';

/** Text of `docs/permissions-boundary.json`: every action that a policy of a role allows in some environment. */
export function permissionsBoundaryText(): string {
  const actions = Object.entries(everyOption).flatMap(([name, environment]) => {
    const stack = new SynthesizedStack(environment, name);
    return [...stack.resources].flatMap(([path, { type }]) =>
      type === 'aws_iam_role_policy' ? stack.policy(path).Statement.flatMap(({ Action }) => Action) : [],
    );
  });
  const boundary = policy({
    Sid: 'RolesOfIamCredentialReports',
    Effect: 'Allow',
    Action: [...new Set(actions)].sort(),
    Resource: '*',
  });
  return `${JSON.stringify(boundary, null, 2)}\n`;
}
