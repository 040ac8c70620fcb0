/** What is done about a rule of a scanner. */
export type Outcome =
  /** Every environment meets it. */
  | 'passed'
  /** Met by an option, which is named by its path in an environment file. */
  | { readonly option: string }
  /** Not met, for this reason. If resources are named, then by these only. */
  | { readonly refused: string; readonly by?: RegExp };

export interface Rule {
  readonly id: string;
  /** What the rule asks for. */
  readonly asks: string;
  readonly outcome: Outcome;
}

/** A rule of a scanner that is not run here: checkov asks for the same, or a unit test shows that it is met. */
export interface UntriedRule extends Omit<Rule, 'outcome'> {
  /** The rule of checkov whose outcome it shares, or its own outcome. */
  readonly outcome: Outcome | { readonly like: string };
}
