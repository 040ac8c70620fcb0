/** A rule that did not hold, and where. */
export interface Broken {
  rule: string;
  detail: string;
}

export const when = (broken: boolean, rule: string, detail: string): Broken[] =>
  broken ? [{ rule, detail }] : [];
