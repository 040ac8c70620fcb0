import type * as z from 'zod';
import { NAMES } from './check-id';
import { Environment, EnvironmentName } from './environment';
import { referencesIn } from './references';

/** Something that an environment file says but may not say. */
export interface Problem {
  /** Path of the field, such as `schedule.hour`; empty for the file as a whole. */
  readonly field: string;
  /** One sentence: the field, what it must be, and its value. */
  readonly text: string;
}

type Validation = { readonly environment: Environment } | { readonly problems: readonly Problem[] };

/** The environment that a file describes, or everything that is wrong with it. */
export function validateEnvironment(content: unknown): Validation {
  const { success, data, error } = Environment.safeParse(content);
  const invalid = success ? [] : problemsOfContent(error.issues, content);
  const named = new Set(invalid.map(({ field }) => field));
  const references = referencesIn(content)
    .filter(({ field }) => !named.has(field))
    .map(({ field, text }) =>
      problem(field, 'must not contain ${ or %{, which Terraform would evaluate', text),
    );
  const problems = [...invalid, ...references];
  return success && problems.length === 0 ? { environment: data } : { problems };
}

const NO_OPTION = 'is not an option; docs/options.md lists all options';

/**
 * What is wrong with something that a file says.
 * @param unknownField - what is said of a field that the file cannot have
 */
export const problemsOfContent = (
  issues: readonly z.core.$ZodIssue[],
  content: unknown,
  unknownField = NO_OPTION,
): Problem[] => issues.flatMap((issue) => problemsOf(issue, content, unknownField));

/** What is wrong with the name of an environment. */
export function problemsOfName(name: string): Problem[] {
  const { error } = EnvironmentName.safeParse(name);
  const issues = error?.issues ?? [];
  return issues.map(({ message }) => problem('', message, name, 'the name of the environment'));
}

/** @param subject - what the sentence is about, if it is not the field */
export function problem(field: string, message: string, value: unknown, subject = field): Problem {
  const found = value === undefined ? 'it is missing' : `got ${shortened(JSON.stringify(value))}`;
  return { field, text: `${subject || 'the file'} ${message}; ${found}` };
}

/** Longest value that is quoted, characters. */
const LONGEST = 300;

const shortened = (json: string) => (json.length > LONGEST ? `${json.slice(0, LONGEST)}…` : json);

/** A field of an exemption, of an environment file or of an exemptions file. */
const EXEMPTION = /^(checks\.)?exemptions\.\d+\./;
const NO_FIELD = 'is not a field of an exemption; docs/exemptions.md shows all fields';

function problemsOf(issue: z.core.$ZodIssue, content: unknown, unknownField: string): Problem[] {
  const field = issue.path.join('.');
  // A list of names, such as that of checks with a severity, has a message of its own.
  if (issue.code === 'unrecognized_keys' && !issue.message.startsWith(NAMES)) {
    return issue.keys.map((key) => {
      const unknown = [...issue.path, key].join('.');
      return { field: unknown, text: `${unknown} ${EXEMPTION.test(unknown) ? NO_FIELD : unknownField}` };
    });
  }
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message;
  const subject = issue.code === 'invalid_key' ? `the name of ${field}` : field;
  return [problem(field, message, valueAt(content, issue), subject)];
}

/** The value that an issue is about; of a key that is not valid, the key. */
function valueAt(content: unknown, { code, path }: z.core.$ZodIssue): unknown {
  if (code === 'invalid_key') return path.at(-1);
  return path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    content,
  );
}
