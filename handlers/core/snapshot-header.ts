/** The first line of a snapshot, and the reading of snapshots that may be damaged. Nothing here throws for their content. */
import * as z from 'zod/mini';
import type { Rules } from './rules';
import type { AccountSnapshot, UserSnapshot } from './snapshot';

/** Version of the format of snapshots. */
const VERSION = 3;

export const snapshotHeader = (environment: string, rules: Rules) =>
  `${JSON.stringify({ snapshot: VERSION, environment, rules })}\n`;

/** Why a snapshot cannot be compared with, in words that complete "the snapshot …". */
export const snapshotProblems = {
  empty: 'is empty',
  'not-a-snapshot': 'does not start with the header of a snapshot',
  'older-version': 'was written by an older version',
  'newer-version': 'was written by a newer version',
  'other-environment': 'belongs to another environment',
  'damaged-line': 'has a line that is not the snapshot of an account',
  unreadable: 'could not be read',
} as const;
export type SnapshotProblem = keyof typeof snapshotProblems;

/** The ID of an account, or of the organization. */
const ACCOUNT = /^(\d{12}|o-[a-z0-9]{10,32})$/;
const RulesSchema = z.record(z.string(), z.record(z.string(), z.number()));
const Header = z.object({ environment: z.string(), rules: RulesSchema });
const Version = z.object({ snapshot: z.int() });

/** The rules of a snapshot, or why it cannot be compared with. */
export function readSnapshotHeader(
  line: string | undefined,
  environment: string,
): { rules: Rules } | { problem: SnapshotProblem } {
  if (line === undefined || line.trim() === '') return { problem: 'empty' };
  const content = parsed(line);
  const version = Version.safeParse(content);
  if (!version.success) return { problem: 'not-a-snapshot' };
  if (version.data.snapshot < VERSION) return { problem: 'older-version' };
  if (version.data.snapshot > VERSION) return { problem: 'newer-version' };
  const header = Header.safeParse(content);
  if (!header.success) return { problem: 'not-a-snapshot' };
  return header.data.environment === environment
    ? { rules: header.data.rules }
    : { problem: 'other-environment' };
}

/** The snapshot of an account; undefined if the line is damaged. */
export function readSnapshotLine(line: string): AccountSnapshot | undefined {
  const content = parsed(line);
  if (typeof content !== 'object' || content === null) return undefined;
  const { account, users, rules } = content as Record<string, unknown>;
  const isValid =
    typeof account === 'string' &&
    ACCOUNT.test(account) &&
    // Not a schema, because there can be millions of users.
    Array.isArray(users) &&
    users.every(isUserSnapshot) &&
    (rules === undefined || RulesSchema.safeParse(rules).success);
  return isValid ? (content as AccountSnapshot) : undefined;
}

const isUserSnapshot = (user: unknown): user is UserSnapshot =>
  Array.isArray(user) && user.length > 0 && user.every((text) => typeof text === 'string');

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
