/**
 * Users whose credentials break rules on purpose, and which rules those are. The rules are stated here independently of the
 * checks of the functions, so that one can be tested against the other.
 */
import type { Random } from '../random';
import { type PlantedCredential, type PlantedRule, planted } from './planted-credentials';
import { type Row, passwordCells } from './report-row';

export interface PlantedUser {
  /** A rule that several credentials break is there once for each of them. */
  readonly breaks: readonly PlantedRule[];
  readonly credentials: PlantedCredential['credentials'];
}

/** A user with these credentials. What the credentials break together follows from none of them alone. */
function user(credentials: readonly PlantedCredential[], ...together: PlantedRule[]): PlantedUser {
  return {
    breaks: [...credentials.flatMap(({ breaks }) => breaks), ...together],
    credentials: (random, ago) =>
      Object.assign({}, ...credentials.map((credential) => credential.credentials(random, ago))) as Row,
  };
}

const { password, key, certificate, withoutMfa, furtherKeys } = planted;

/** One of these is chosen for each user. Every password comes with MFA. */
export const plantedUsers: readonly [PlantedUser, ...PlantedUser[]] = [
  user([], 'user-mfa', 'no-credentials', 'iam-user'),
  user([password.used], 'iam-user'),
  user([key(1).used], 'user-mfa', 'iam-user'),
  user([password.used, key(1).used], 'console-and-keys', 'iam-user'),
  // An inactive credential keeps its dates.
  user([key(2).inactive], 'user-mfa', 'no-credentials', 'iam-user'),
  user([certificate(2).inactive], 'user-mfa', 'no-credentials', 'iam-user'),
  user([password.new], 'iam-user'),
  user([password.waiting], 'iam-user'),
  user([password.used, withoutMfa], 'console-mfa', 'user-mfa', 'iam-user'),
  user([password.idle], 'iam-user'),
  user([password.abandoned], 'iam-user'),
  user([password.forgotten], 'iam-user'),
  user([key(1).waiting], 'user-mfa', 'iam-user'),
  user([key(1).idle], 'user-mfa', 'iam-user'),
  user([password.used, key(1).new], 'key-at-setup', 'console-and-keys', 'iam-user'),
  // Too young to show that it was used.
  user([password.used, key(1).fresh], 'console-and-keys', 'iam-user'),
  user([password.used, key(2).forgotten], 'key-at-setup', 'console-and-keys', 'iam-user'),
  user([key(1).used, key(2).used], 'two-active-keys', 'user-mfa', 'iam-user'),
  user([key(1).old], 'user-mfa', 'iam-user'),
  user([key(1).old, key(2).old], 'two-active-keys', 'user-mfa', 'iam-user'),
  user([certificate(1).young], 'user-mfa', 'iam-user'),
  user([password.used, certificate(1).young, certificate(2).old], 'iam-user'),
  user([password.used, furtherKeys], 'iam-user'),
  user(
    [password.abandoned, key(1).forgotten, key(2).abandoned, withoutMfa],
    'console-mfa',
    'user-mfa',
    'key-at-setup',
    'console-and-keys',
    'two-active-keys',
    'iam-user',
  ),
];

/** Only what the checks of the root user look at counts: most rules are about IAM users. */
const root = (
  breaks: readonly PlantedRule[],
  ...credentials: readonly PlantedCredential['credentials'][]
): PlantedUser => ({
  breaks,
  credentials: (random, ago) => Object.assign({}, ...credentials.map((cells) => cells(random, ago))) as Row,
});

type Cells = PlantedCredential['credentials'];
const rootPassword =
  (lastUsed: 'never' | 'recently' | 'long ago', mfa: boolean): Cells =>
  (random, ago) =>
    passwordCells(lastUsed === 'never' ? 'no_information' : ago(rootUse(random, lastUsed)), ago(1000), mfa);
const rootUse = (random: Random, lastUsed: 'recently' | 'long ago') =>
  lastUsed === 'recently' ? random.between(0, 29) : random.between(30, 900);

export const plantedRootUsers: typeof plantedUsers = [
  // Member accounts are created without credentials for the root user.
  root(['root-mfa-without-credentials']),
  root(['root-mfa-without-credentials']),
  root([], rootPassword('long ago', true)),
  root([], rootPassword('never', true)),
  root(['root-mfa'], rootPassword('long ago', false)),
  root(['root-recent-use'], rootPassword('recently', true)),
  root(['root-access-key', 'root-key-mfa'], key(1).forgotten.credentials),
  root(
    ['root-access-key', 'root-mfa', 'root-recent-use'],
    rootPassword('recently', false),
    key(2).abandoned.credentials,
  ),
  root(
    ['root-access-key', 'root-access-key', 'root-certificate'],
    rootPassword('long ago', true),
    key(1).forgotten.credentials,
    key(2).forgotten.credentials,
    certificate(2).young.credentials,
  ),
  root(['additional-credentials'], rootPassword('never', true), furtherKeys.credentials),
];
