/**
 * The interpreter compares values of any types as JavaScript does, so a text can be greater than a number. In Step Functions
 * a comparison with a value of another type is false
 * (https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html#amazon-states-language-choice-state-rules).
 */
import type { State } from './workflow-definition';

type Rule = Record<string, unknown>;

/** Types that comparisons begin with. */
const TYPES = ['Numeric', 'String', 'Boolean', 'Timestamp'];

/** A Choice state whose comparisons also test the type of the value; any other state as it is. */
export function withTypeTests(state: State): State {
  if (state.Type !== 'Choice') return state;
  return { ...state, Choices: (state.Choices as Rule[]).map(withTypeTest) };
}

function withTypeTest(rule: Rule): Rule {
  const { Next, Variable, ...condition } = rule;
  const { And, Or, Not } = condition as { And?: Rule[]; Or?: Rule[]; Not?: Rule };
  if (And) return { ...rule, And: And.map(withTypeTest) };
  if (Or) return { ...rule, Or: Or.map(withTypeTest) };
  if (Not) return { ...rule, Not: withTypeTest(Not) };
  const [operator = ''] = Object.keys(condition);
  const type = TYPES.find((one) => operator.startsWith(one));
  if (type === undefined) return rule;
  const typeTest = { Variable, [`Is${type}`]: true };
  return { And: [typeTest, { Variable, ...condition }], ...(Next !== undefined && { Next }) };
}
