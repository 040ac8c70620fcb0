/** Whether a Deny statement of a bucket policy hits a request. What is not known for certain is not judged. */
import { matchesPattern } from '../../handlers/core/matches-pattern';
import { ABSENT, type BucketRequest, type RequestContext } from './bucket-requests';
import { overlaps } from './overlaps';
import { type PolicyStatement, listOf } from './policy-document';

export type Verdict = 'denied' | 'not denied' | 'not judged';

export function verdictOf(statement: PolicyStatement, { action, resource, context }: BucketRequest): Verdict {
  const parts = [
    actionVerdict(statement, action.toLowerCase()),
    resourceVerdict(statement, resource),
    principalVerdict(statement, context),
    ...conditionVerdicts(statement, context),
  ];
  if (parts.includes('not denied')) return 'not denied';
  return parts.includes('not judged') ? 'not judged' : 'denied';
}

function actionVerdict({ Action, NotAction }: PolicyStatement, action: string): Verdict {
  const isListed = (patterns: PolicyStatement['Action']) =>
    listOf(patterns).some((pattern) => matchesPattern(pattern.toLowerCase(), action));
  return asVerdict(NotAction === undefined ? isListed(Action) : !isListed(NotAction));
}

/** A statement about some of the objects, such as those of a year, hits some of the requests. */
function resourceVerdict({ Resource, NotResource }: PolicyStatement, resource: string): Verdict {
  const patterns = listOf(NotResource ?? Resource);
  const isEvery = patterns.some((pattern) => matchesPattern(pattern, anExampleOf(resource)));
  const isSome = patterns.some((pattern) => overlaps(pattern.replaceAll(VARIABLE, '*'), resource));
  if (isSome && !isEvery) return 'not judged';
  return asVerdict(isEvery === (NotResource === undefined));
}

/** Of a policy; only AWS knows its value. */
const VARIABLE = /\$\{[^}]*\}/g;

const anExampleOf = (pattern: string) => pattern.replaceAll('*', 'x').replaceAll('?', '0');

function principalVerdict({ Principal, NotPrincipal }: PolicyStatement, context: RequestContext): Verdict {
  if (NotPrincipal !== undefined) return 'not judged';
  if (Principal === '*') return 'denied';
  const arns = typeof Principal === 'object' ? listOf(Principal.AWS) : [];
  const [role, account] = [context.get('aws:principalarn'), context.get('aws:principalaccount')];
  const isMeant = arns.some(
    (arn) => arn === '*' || arn === role || arn === account || arn.endsWith(`::${String(account)}:root`),
  );
  return isMeant ? 'denied' : 'not denied';
}

function conditionVerdicts({ Condition = {} }: PolicyStatement, context: RequestContext): Verdict[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      conditionVerdict(operator, context.get(key.toLowerCase()), listOf(values)),
    ),
  );
}

type Test = (value: string, wanted: string) => boolean;

const equals: Test = (value, wanted) => value === wanted;
const equalsIgnoringCase: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: (value, wanted) => matchesPattern(wanted, value),
  ArnEquals: (value, wanted) => matchesPattern(wanted, value),
  ArnLike: (value, wanted) => matchesPattern(wanted, value),
  Bool: equalsIgnoringCase,
  NumericEquals: (value, wanted) => Number(value) === Number(wanted),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  NumericLessThanEquals: (value, wanted) => Number(value) <= Number(wanted),
  NumericGreaterThan: (value, wanted) => Number(value) > Number(wanted),
  NumericGreaterThanEquals: (value, wanted) => Number(value) >= Number(wanted),
};

/** A negated operator is true for a key that the request lacks; other operators are false, unless they end with `IfExists`. */
function conditionVerdict(
  operator: string,
  value: string | typeof ABSENT | undefined,
  wanted: readonly string[],
): Verdict {
  if (value === undefined) return 'not judged';
  if (operator === 'Null') return asVerdict((value === ABSENT) === wanted.includes('true'));
  const isOptional = operator.endsWith('IfExists');
  const name = operator.replace(/IfExists$/, '');
  const isNegated = /^(String|Arn|Numeric)Not/.test(name);
  const test = operators[name.replace(/^(String|Arn|Numeric)Not/, '$1')];
  if (!test) return 'not judged';
  if (value === ABSENT) return asVerdict(isOptional || isNegated);
  if (wanted.some((one) => one.includes('${'))) return 'not judged';
  return asVerdict(wanted.some((one) => test(value, one)) !== isNegated);
}

const asVerdict = (isTrue: boolean): Verdict => (isTrue ? 'denied' : 'not denied');
