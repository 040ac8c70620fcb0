/**
 * What a text must be, in parts that every language of patterns has: Terraform's has no lookaheads. The parts make the
 * patterns of environments, of the parameters of AWS CloudFormation, and of the variables of Terraform.
 */
export interface TextRule {
  /**
   * Source of the pattern of the whole text.
   * @default - any text
   */
  readonly pattern?: string;
  /** Source of the pattern of what the text must not begin with. */
  readonly except?: string;
  /**
   * Whether {@link except} means upper and lower case.
   * @default false
   */
  readonly ignoreCase?: boolean;
  /** Most characters. */
  readonly most?: number;
  /** Completes the sentence "FIELD …". */
  readonly message: string;
}

/** Source of one pattern for all rules, at most one of which has a `pattern`. JavaScript and Java read it alike. */
export function patternOf(...rules: readonly TextRule[]): string {
  const lookaheads = rules.map(
    ({ most, except }) =>
      (most === undefined ? '' : `(?=.{1,${most}}$)`) + (except === undefined ? '' : `(?!${except})`),
  );
  const whole = rules.flatMap(({ pattern }) => (pattern === undefined ? [] : [`${pattern}$`]));
  return `^${lookaheads.join('')}${whole.join('')}`;
}
