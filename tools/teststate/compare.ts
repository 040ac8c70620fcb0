import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './ask-aws';
import type { JudgedCase } from './cases';

/** Longest that a value is printed. */
const MAX_LENGTH = 300;

/** How AWS judges a case otherwise than the local interpreter, one line each. */
export function differences({ about, local, children }: JudgedCase, aws: Answer): string[] {
  if ('refusal' in aws) return [`${about}: AWS refused to test it: ${aws.refusal}`];
  const expected = { ...local, children };
  // Of these, AWS gives only those that it came to.
  const told = (field: keyof typeof expected) =>
    !['parameters', 'children'].includes(field) || aws[field] !== undefined;
  return (['status', 'nextState', 'error', 'cause', 'output', 'parameters', 'children'] as const)
    .filter((field) => told(field) && !isDeepStrictEqual(aws[field], expected[field]))
    .map(
      (field) => `${about}: ${field} is ${printed(aws[field])} on AWS, ${printed(expected[field])} locally`,
    );
}

function printed(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
