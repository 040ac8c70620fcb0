/** What answers make of a draft, and what is wrong with it then. */
import type { Environment } from '../../constructs/environment/environment';
import { type Problem, checkEnvironment, collisions } from '../../constructs/environment/environment-files';
import { flagOf, valueOf } from './answer';
import { type Draft, fieldOf, withField, withKinds } from './draft';
import { type Question, questions, unmetNeed } from './questions';

/** The answers do not make an environment; the message has every problem. */
export class Refused extends Error {
  override readonly name = 'Refused';

  /**
   * @param wrongUsage - the options contradict each other
   */
  constructor(
    message: string,
    readonly wrongUsage = false,
  ) {
    super(message);
  }
}

/** Answers that were given as flags, by the id of their question. */
export type Flags = Readonly<Record<string, string>>;

/** Without what other answers made pointless, such as a logging account beside a bucket that is there already. */
function withoutMoot(draft: Draft): Draft {
  return questions.reduce(
    (left, question) => (unmetNeed(question, left) ? withAnswer(left, question, '') : left),
    draft,
  );
}

export function withAnswer(draft: Draft, question: Question, answer: string): Draft {
  const value = valueOf(question, answer);
  return withField(draft, value === undefined ? (question.whole ?? question.field) : question.field, value);
}

/** Saved fields stay where they are; new ones follow in the order of the questions. */
export function inOrder(draft: Draft, saved: Draft): Draft {
  const fields = [...Object.keys(saved), ...questions.map(({ field }) => field.split('.')[0] ?? '')];
  const present = [...new Set(fields)].filter((field) => field in draft);
  return Object.fromEntries(present.map((field) => [field, draft[field]]));
}

/** Everything that is wrong with a draft, beside the other environments. */
export function problemsOf(draft: Draft, others: ReadonlyMap<string, Environment>): Problem[] {
  const checked = checkEnvironment(withKinds(withoutMoot(draft)));
  if ('environment' in checked) return collisions(checked.environment, others);
  return checked.problems.map((problem) => asAnswered(problem, draft));
}

/** Pairs are said as they are answered: the file has them otherwise. */
function asAnswered(problem: Problem, draft: Draft): Problem {
  const question = questions.find(({ field, kind }) => kind === 'record' && field === problem.field);
  const answer = question && fieldOf(draft, question.field);
  if (typeof answer !== 'string') return problem;
  return {
    ...problem,
    text: `${problem.field}: ${JSON.stringify(answer)} (allowed: ${question?.explanation})`,
  };
}

/** A flag that the other answers make pointless; the field is the one that would have to be answered otherwise. */
interface UnusedFlag extends Problem {
  readonly unused: true;
}

/** Flags that would be thrown away. One without a value takes out what is not there then anyway. */
export function unusedFlags(draft: Draft, flags: Flags): UnusedFlag[] {
  return questions.flatMap((question) => {
    const [flag = '', need] = [flags[question.id], unmetNeed(question, draft)];
    if (flag.trim() === '' || !need) return [];
    const text = `${flagOf(question)}: ${JSON.stringify(flag)} has no use (it needs ${need.option})`;
    return [{ field: need.field, text, unused: true }];
  });
}

/** Whether an answer to one of these questions can mend it. */
export const belongsTo = ({ field }: Problem, asked: readonly Question[]) =>
  asked.some((question) => field === question.field || field.startsWith(`${question.field}.`));

/** With the name of the file what the file says itself. */
export function inFile(problems: readonly Problem[], path: string, saved: Draft): Problem[] {
  const checked = checkEnvironment(saved);
  const own = new Set('problems' in checked ? checked.problems.map(({ text }) => text) : []);
  return problems.map((problem) =>
    own.has(problem.text) ? { ...problem, text: `${path}: ${problem.text}` } : problem,
  );
}

/**
 * @param open - questions whose answers are still to come
 * @throws {@link Refused} with every problem that they cannot mend, and the option that can
 */
export function refuseIfAny(problems: readonly Problem[], open: readonly Question[]): void {
  const left = problems.filter((problem) => !belongsTo(problem, open));
  if (left.length === 0) return;
  const lines = left.map((problem) => {
    if ('unused' in problem) return problem.text;
    const question = questions.find((one) => belongsTo(problem, [one]));
    return question ? `${problem.text} (${flagOf(question)})` : problem.text;
  });
  const wrongUsage = left.some((problem) => 'unused' in problem);
  throw new Refused(lines.join('\n'), wrongUsage);
}
