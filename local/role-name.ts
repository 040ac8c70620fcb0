import { InvalidArgumentError } from 'commander';

/**
 * A role name, perhaps with its path. A name has at most 64 characters, a path 512 with both slashes around it
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html).
 */
const ROLE_NAME = /^(?:[!-~]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/** Parses the name of a role that every account has. */
export function roleName(text: string): string {
  const [, nameInArn] = /^arn:.*:role\/(.+)$/.exec(text) ?? [];
  if (nameInArn !== undefined) {
    throw new InvalidArgumentError(
      `It must be the name of the role, which is the same in every account, not an ARN: use ${nameInArn}.`,
    );
  }
  if (text.startsWith('/')) {
    throw new InvalidArgumentError(
      `It must not start with a slash: use ${text.replace(/^\/+/, '') || 'the name'}.`,
    );
  }
  if (ROLE_NAME.test(text)) return text;
  throw new InvalidArgumentError(
    'It must be a role name: 1 to 64 letters, digits, and the characters + = , . @ _ -, perhaps after a path, as in path/name.',
  );
}
