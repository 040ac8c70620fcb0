/** From saved answers, flags, facts and a prompter to an environment file; reads and writes nothing. */
import { type Problem, checkEnvironment, collisions } from '../../constructs/environment-files';
import type { Environment } from '../../constructs/environment';
import { choicesOf, flagOf, textOf, valueOf } from './answer';
import { type Draft, defaultOf, fieldOf, withField, withKinds } from './draft';
import type { Facts } from './facts';
import { type Question, questions } from './questions';

/** Asks a person. */
export interface Prompter {
  say: (line: string) => void;
  /**
   * @param problemsOf - what is wrong with an answer; empty if nothing
   * @throws {@link Stopped} when the person does not want to go on
   */
  ask: (question: Question, proposal: string, problemsOf: (answer: string) => string) => Promise<string>;
}

/** The person stopped it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The answers do not make an environment; the message has every problem. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export interface InterviewProps {
  readonly name: string;
  readonly saved: Draft;
  /** Answers that were given as flags, by the id of the question. */
  readonly flags: Readonly<Record<string, string>>;
  readonly facts: Facts;
  /** The other environments. */
  readonly others: ReadonlyMap<string, Environment>;
  /** Asks the questions whose answers are looked up or right for most, too. */
  readonly all: boolean;
  /** @default - nothing is asked */
  readonly ask?: Prompter['ask'];
  readonly say: (line: string) => void;
}

/**
 * @throws {@link Refused} with every problem at once
 * @throws {@link Stopped}
 */
export async function interview(props: InterviewProps): Promise<Draft> {
  let draft = withFlags(props);
  // A person is not asked for what could not be written anyway.
  if (props.ask)
    refuseIfAny(
      problemsOf(draft, props),
      questions.filter((one) => isOpen(one, draft, props)),
    );

  for (const [index, question] of questions.entries()) {
    if (question.when && !question.when(draft)) {
      draft = withAnswer(draft, question, '');
      continue;
    }
    if (question.id in props.flags) continue;
    const answer = await answerTo(question, draft, props, questions.slice(index + 1));
    draft = withAnswer(draft, question, answer);
  }
  refuseIfAny(problemsOf(draft, props), []);
  return inOrder(withKinds(draft), props.saved);
}

/** Saved fields stay where they are; new ones follow in the order of the questions. */
function inOrder(draft: Draft, saved: Draft): Draft {
  const fields = [...Object.keys(saved), ...questions.map(({ field }) => field.split('.')[0] ?? '')];
  const present = [...new Set(fields)].filter((field) => field in draft);
  return Object.fromEntries(present.map((field) => [field, draft[field]]));
}

/** In the order of the questions, since a kind makes its object anew. */
function withFlags({ saved, flags }: InterviewProps): Draft {
  return questions.reduce((draft, question) => {
    const answer = flags[question.id];
    return answer === undefined ? draft : withAnswer(draft, question, answer);
  }, saved);
}

/** Without what other answers made pointless, such as a logging account beside a bucket that is there already. */
function withoutMoot(draft: Draft): Draft {
  return questions.reduce(
    (left, question) => (question.when?.(left) === false ? withAnswer(left, question, '') : left),
    draft,
  );
}

function withAnswer(draft: Draft, question: Question, answer: string): Draft {
  const value = valueOf(question, answer);
  // A logging account is account and role, or neither.
  const field = value === undefined && question.id === 'loggingAccount' ? 'loggingAccount' : question.field;
  return withField(draft, field, value);
}

async function answerTo(
  question: Question,
  draft: Draft,
  props: InterviewProps,
  later: readonly Question[],
): Promise<string> {
  const { facts, say } = props;
  const known = question.lookedUp?.(facts);
  const saved = fieldOf(draft, question.field);
  const proposal = saved === undefined ? (known ?? proposalFor(question, draft, props)) : textOf(saved);
  if (props.ask && isAsked(question, props)) {
    for (const line of question.showsAccounts ? accountsOf(facts) : []) say(line);
    const pending = later.filter((one) => isOpen(one, draft, props));
    return props.ask(question, proposal, (answer) =>
      problemsOf(withAnswer(draft, question, answer), props)
        .filter((problem) => !belongsTo(problem, pending))
        .map(({ text }) => text)
        .join('; '),
    );
  }
  if (known !== undefined) {
    const differs = saved !== undefined && textOf(saved) !== known;
    const hint = differs
      ? `the file says ${textOf(saved)}, which is kept; looked up: ${known}`
      : `${known}, looked up`;
    say(`${question.text}: ${hint} (${flagOf(question)} changes it)`);
  }
  return proposal;
}

/** A list that is longer than a screen helps nobody. */
const MOST_LINES = 20;

function accountsOf({ accounts }: Facts): string[] {
  if (accounts.length === 0 || accounts.length > MOST_LINES) return [];
  return ['', ...accounts.map(({ id, name }) => `  ${id}  ${name}`)];
}

function proposalFor({ id, field, proposal }: Question, draft: Draft, props: InterviewProps): string {
  const byDefault = textOf(defaultOf(field));
  if (id === 'reportRoleName') {
    const taken = [...props.others.values()].some(({ reportRoleName }) => reportRoleName === byDefault);
    if (taken) return `${byDefault}-${props.name}`;
  }
  return proposal?.(props.facts, draft) ?? byDefault;
}

/** Whether its answer is still to come: from the person, or as a proposal. */
function isOpen(question: Question, draft: Draft, props: InterviewProps): boolean {
  return isAsked(question, props) || fieldOf(draft, question.field) === undefined;
}

function isAsked({ id, rarely, lookedUp }: Question, { flags, facts, all }: InterviewProps): boolean {
  if (id in flags) return false;
  return all || !(rarely ?? lookedUp?.(facts) !== undefined);
}

function problemsOf(draft: Draft, { others }: InterviewProps): Problem[] {
  const checked = checkEnvironment(withKinds(withoutMoot(draft)));
  return 'problems' in checked ? checked.problems : collisions(checked.environment, others);
}

const belongsTo = ({ field }: Problem, asked: readonly Question[]) =>
  asked.some((question) => field === question.field || field.startsWith(`${question.field}.`));

function refuseIfAny(problems: readonly Problem[], asked: readonly Question[]): void {
  const left = problems.filter((problem) => !belongsTo(problem, asked));
  if (left.length === 0) return;
  const lines = left.map((problem) => {
    const question = questions.find((one) => belongsTo(problem, [one]));
    return question ? `${problem.text} (${flagOf(question)})` : problem.text;
  });
  throw new Refused(lines.join('\n'));
}

/** The choices of a question with what speaks against each. */
export function choicesFor(question: Question, problemsOfAnswer: (answer: string) => string) {
  return choicesOf(question)?.map((value) => ({ value, against: problemsOfAnswer(value) }));
}
