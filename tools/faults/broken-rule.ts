/** A rule that did not hold, and where. */
export interface BrokenRule {
  rule: string;
  detail: string;
}

export const brokenIf = (isBroken: boolean, rule: string, detail: string): BrokenRule[] =>
  isBroken ? [{ rule, detail }] : [];
