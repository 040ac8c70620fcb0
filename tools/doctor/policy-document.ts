import { isDeepStrictEqual } from 'node:util';
import type { Statement } from '../../constructs/policy';

type OneOrMore = string | readonly string[];

/** A statement of a policy that somebody else wrote. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore | boolean | number>>>>;
}

export const listOf = (value: OneOrMore | boolean | number | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'object' ? value.map(String) : [String(value)];

/** Nothing if the text is not a policy. */
export function parsePolicy(text: string): PolicyStatement[] | undefined {
  try {
    const { Statement: found } = JSON.parse(text) as { Statement?: PolicyStatement | PolicyStatement[] };
    return found === undefined ? undefined : Array.isArray(found) ? found : [found];
  } catch {
    return undefined;
  }
}

/** Whether a policy has a statement as it is written, whatever its Sid and the order of its lists. */
export const sameStatement = (one: PolicyStatement, other: Statement): boolean =>
  isDeepStrictEqual(normalized(one), normalized(other));

/** AWS stores lists of one as text, and in an order of its own. */
function normalized(statement: object): unknown {
  const { Sid: _sid, ...rest } = statement as PolicyStatement;
  return sorted(rest);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}
