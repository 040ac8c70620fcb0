import { printableLine } from '../../local/printable';
import { type AwsReader, NotAllowed } from './aws-reader';
import type { Subject } from './subject';

/** `unknown`: the caller is not allowed to look, or nothing was found out; the text says what is missing. */
export const statuses = ['ok', 'warning', 'problem', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** What a check found. */
export interface Finding {
  readonly status: Status;
  /** One sentence. */
  readonly text: string;
  /** The command that mends it, or that shows more; a sentence if no command does. */
  readonly fix?: string;
}

const finding =
  (status: Status) =>
  (text: string, fix?: string): Finding => ({ status, text, ...(fix && { fix }) });

export const ok = (text: string): Finding => ({ status: 'ok', text });
export const warning = finding('warning');
export const problem = finding('problem');
export const unknown = finding('unknown');

/** The caller lacks a permission. */
export const notAllowed = (permission: string): Finding =>
  unknown(
    `not allowed to call ${permission}`,
    `Allow ${permission}: docs/doctor-permissions.json has everything that is needed`,
  );

/** What makes a check: reading is all that does I/O, so judging can be tested with facts alone. */
export interface CheckProps<Facts> {
  readonly id: string;
  /** What it answers, for `docs/doctor.md`. */
  readonly question: string;
  /** What it calls, if anything. */
  readonly needs: 'files' | 'aws' | 'deployment';
  /** @default - it always applies */
  readonly applies?: (subject: Subject) => boolean;
  readonly read: (aws: AwsReader, subject: Subject) => Facts | Promise<Facts>;
  /** One finding, or several if each can be mended alone. */
  readonly judge: (facts: Facts, subject: Subject) => Finding | readonly Finding[];
}

export interface Check extends Pick<CheckProps<unknown>, 'id' | 'question' | 'needs'> {
  readonly applies: (subject: Subject) => boolean;
  readonly examine: (aws: AwsReader, subject: Subject) => Promise<readonly Finding[]>;
}

export const check = <Facts>(props: CheckProps<Facts>): Check & Pick<CheckProps<Facts>, 'judge'> => ({
  ...props,
  applies: props.applies ?? (() => true),
  examine: async (aws, subject) => {
    try {
      const found = props.judge(await props.read(aws, subject), subject);
      return Array.isArray(found) ? (found as readonly Finding[]) : [found as Finding];
    } catch (error) {
      return [notFoundOut(error)];
    }
  },
});

/** A check that fails says so, and the others go on. */
function notFoundOut(error: unknown): Finding {
  if (error instanceof NotAllowed) return notAllowed(error.permission);
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return unknown(printableLine(`could not be found out: ${name}: ${message}`.slice(0, 500)));
}
