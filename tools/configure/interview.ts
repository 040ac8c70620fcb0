/** From saved answers, flags, facts and a prompter to an environment file; reads and writes nothing. */
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../constructs/environment/environment';
import type { Problem } from '../../constructs/environment/environment-files';
import { choicesOf, flagOf, textOf } from './answer';
import {
  type Flags,
  belongsTo,
  inFile,
  inOrder,
  problemsOf,
  refuseIfAny,
  unusedFlags,
  withAnswer,
} from './answered';
import { type Draft, defaultOf, fieldOf, withKinds } from './draft';
import type { Facts } from './facts';
import { type Question, questions, unmetNeed } from './questions';

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

export interface InterviewProps {
  readonly name: string;
  readonly saved: Draft;
  /** File of it, for messages. */
  readonly path: string;
  readonly flags: Flags;
  readonly facts: Facts;
  /** The other environments. */
  readonly others: ReadonlyMap<string, Environment>;
  /** Asks the questions whose answers are looked up or right for most, too. */
  readonly all: boolean;
  /** @default - nothing is asked */
  readonly ask?: Prompter['ask'];
  readonly say: (line: string) => void;
  /** Gets every answer of the person at once, by the id of the question. */
  readonly keep?: (id: string, answer: string) => void;
}

/**
 * @throws {@link Refused} with every problem at once
 * @throws {@link Stopped}
 */
export async function interview(props: InterviewProps): Promise<Draft> {
  let draft = withFlags(props.saved, props.flags);
  // A person is not asked for what could not be written anyway.
  if (props.ask)
    refuseIfAny(
      allProblems(draft, props),
      questions.filter((one) => isOpen(one, draft, props)),
    );

  for (const [index, question] of questions.entries()) {
    if (unmetNeed(question, draft)) {
      const left = withAnswer(draft, question, '');
      if (!isDeepStrictEqual(left, draft)) props.say(`${question.text}: taken out, it has no use any more`);
      draft = left;
      continue;
    }
    if (question.id in props.flags) continue;
    const answer = await answerTo(question, draft, props, questions.slice(index + 1));
    draft = withFlags(withAnswer(draft, question, answer), props.flags);
  }
  refuseIfAny([...(props.ask ? [] : guesses(draft, props)), ...allProblems(draft, props)], []);
  return inOrder(withKinds(draft), props.saved);
}

const allProblems = (draft: Draft, { flags, others, path, saved }: InterviewProps) => [
  ...unusedFlags(draft, flags),
  ...inFile(problemsOf(draft, others), path, saved),
];

/** What would be written although nobody has said or seen it. */
function guesses(draft: Draft, { facts, flags }: InterviewProps): Problem[] {
  return questions.flatMap(({ id, field, noDefault }) => {
    const reason = id in flags || fieldOf(draft, field) !== undefined ? undefined : noDefault?.(facts);
    return reason === undefined ? [] : [{ field, text: `${field}: ${reason}` }];
  });
}

/** In the order of the questions and after every answer, since a kind makes its object anew. */
function withFlags(draft: Draft, flags: Flags): Draft {
  return questions.reduce((left, question) => {
    const answer = flags[question.id];
    return answer === undefined ? left : withAnswer(left, question, answer);
  }, draft);
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
    const answer = await props.ask(question, proposal, (answer) =>
      allProblems(withFlags(withAnswer(draft, question, answer), props.flags), props)
        .filter((problem) => !belongsTo(problem, pending))
        .map(({ text }) => text)
        .join('; '),
    );
    props.keep?.(question.id, answer);
    return answer;
  }
  const line = unasked(question, proposal, { known, saved });
  if (line !== undefined) say(`${question.text}: ${line} (${flagOf(question)} changes it)`);
  return proposal;
}

/** What to say about a value that nobody was asked for, unless the file says it already or it is the default. */
function unasked(
  { field }: Question,
  proposal: string,
  { known, saved }: Record<'known' | 'saved', unknown>,
) {
  if (known !== undefined) {
    return saved !== undefined && textOf(saved) !== known
      ? `the file says ${textOf(saved)}, which is kept; looked up: ${textOf(known)}`
      : `${textOf(known)}, looked up`;
  }
  const isNew = saved === undefined && proposal !== textOf(defaultOf(field));
  return isNew ? `${proposal}, proposed` : undefined;
}

/** A list that is longer than a screen helps nobody. */
const MOST_LINES = 20;

function accountsOf({ accounts }: Facts): string[] {
  if (accounts.length === 0 || accounts.length > MOST_LINES) return [];
  return ['', ...accounts.map(({ id, name }) => `  ${id}  ${name}`)];
}

function proposalFor({ field, proposal }: Question, draft: Draft, props: InterviewProps): string {
  return proposal?.({ ...props, draft }) ?? textOf(defaultOf(field));
}

/** Whether its answer is still to come: from the person, or as a proposal. */
function isOpen(question: Question, draft: Draft, props: InterviewProps): boolean {
  if (question.id in props.flags) return false;
  return isAsked(question, props) || fieldOf(draft, question.field) === undefined;
}

function isAsked({ id, rarely, lookedUp }: Question, { flags, facts, all }: InterviewProps): boolean {
  if (id in flags) return false;
  return all || !(rarely ?? lookedUp?.(facts) !== undefined);
}

/** The choices of a question with what speaks against each. */
export function choicesFor(question: Question, problemsOfAnswer: (answer: string) => string) {
  return choicesOf(question)?.map((value) => ({ value, against: problemsOfAnswer(value) }));
}
