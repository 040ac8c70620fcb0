/** Turns saved answers, flags, what AWS knows, and a person's answers into an environment; reads and writes no file. */
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../constructs/environment/environment';
import { type Problem, problem } from '../../constructs/environment/problems';
import { defaultOf } from '../support/option-list';
import { choicesOf, flagOf, formatAnswer, savedAnswer } from './answer';
import {
  type Flags,
  applyAnswer,
  applyFlags,
  attributeToFile,
  canBeSolvedBy,
  orderFields,
  problemsOf,
  throwIfUnsolvable,
  unusableFlags,
} from './apply-answers';
import type { AwsContext } from './aws-context';
import { type EnvironmentJson, addMissingKinds, getField } from './environment-json';
import { type Question, unmetPrerequisite } from './question';
import { questions } from './questions';

/** Asks a person. */
export interface Prompter {
  say: (line: string) => void;
  /**
   * @param problemsWith - what is wrong with an answer; empty if nothing is
   * @throws {@link Interrupted} when the person presses Ctrl-C
   */
  ask: (question: Question, proposal: string, problemsWith: (answer: string) => string) => Promise<string>;
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export interface InterviewProps {
  readonly name: string;
  /** What the file says now. */
  readonly saved: EnvironmentJson;
  /** Path of the file, for messages. */
  readonly path: string;
  readonly flags: Flags;
  readonly aws: AwsContext;
  /** The other environments. */
  readonly others: ReadonlyMap<string, Environment>;
  /** Also asks advanced questions, and those whose answers were looked up. */
  readonly all: boolean;
  /** @default - nothing is asked */
  readonly ask?: Prompter['ask'];
  readonly say: (line: string) => void;
  /** Receives each answer of the person right away, by the ID of the question. */
  readonly onAnswer?: (id: string, answer: string) => void;
}

/**
 * @throws {@link InvalidAnswers} with every problem
 * @throws {@link Interrupted}
 */
export async function interview(props: InterviewProps): Promise<EnvironmentJson> {
  let json = applyFlags(props.saved, props.flags);
  // Nobody should answer questions if the result cannot be valid.
  if (props.ask) {
    const open = questions.filter((question) => isOpen(question, json, props));
    throwIfUnsolvable(allProblems(json, props), open);
  }
  for (const [index, question] of questions.entries()) {
    if (unmetPrerequisite(question, json)) {
      const removed = applyAnswer(json, question, '');
      // An option may have changed the kind, and so have taken the field out.
      const wasThere = getField(props.saved, question.field) !== undefined;
      if (wasThere || !isDeepStrictEqual(removed, json))
        props.say(`${question.prompt}: removed; it no longer applies`);
      json = removed;
      continue;
    }
    if (question.id in props.flags) continue;
    const answer = await answerTo(question, json, props, questions.slice(index + 1));
    json = applyFlags(applyAnswer(json, question, answer), props.flags);
  }
  const missing = props.ask ? [] : missingAnswers(json, props);
  throwIfUnsolvable([...missing, ...allProblems(json, props)], []);
  return orderFields(addMissingKinds(json), props.saved);
}

const allProblems = (json: EnvironmentJson, { name, flags, others, path, saved }: InterviewProps) => [
  ...unusableFlags(json, flags),
  ...attributeToFile(problemsOf(json, name, others), path, saved),
];

/** Questions that nobody answered and whose default may be wrong. */
function missingAnswers(json: EnvironmentJson, { aws, flags }: InterviewProps): Problem[] {
  return questions.flatMap(({ id, field, whyNoDefault }) => {
    const isAnswered = id in flags || getField(json, field) !== undefined;
    const reason = isAnswered ? undefined : whyNoDefault?.(aws);
    return reason === undefined ? [] : [problem(field, reason, undefined)];
  });
}

async function answerTo(
  question: Question,
  json: EnvironmentJson,
  props: InterviewProps,
  later: readonly Question[],
): Promise<string> {
  const { aws, flags, say } = props;
  const lookedUp = question.lookUp?.(aws);
  const saved = getField(json, question.field);
  const proposal =
    saved === undefined ? (lookedUp ?? proposalFor(question, json, props)) : savedAnswer(question, saved);
  if (!props.ask || !isAsked(question, props)) {
    const line = describeUnasked(question, { proposal, lookedUp, saved, aws });
    if (line !== undefined) say(`${question.prompt}: ${line} (${flagOf(question)} changes it)`);
    return proposal;
  }
  if (question.showsAccounts) listAccounts(aws).forEach(say);
  const open = later.filter((one) => isOpen(one, json, props));
  const answer = await props.ask(question, proposal, (candidate) =>
    allProblems(applyFlags(applyAnswer(json, question, candidate), flags), props)
      .filter((found) => !canBeSolvedBy(open, found))
      .map(({ text }) => text)
      .join('; '),
  );
  props.onAnswer?.(question.id, answer);
  return answer;
}

/** What to say about a value for which nobody was asked, unless the file had it before or the default is what people expect. */
function describeUnasked(
  { field, foundIn, whyDefault }: Question,
  {
    proposal,
    lookedUp,
    saved,
    aws,
  }: { proposal: string; lookedUp: string | undefined; saved: unknown; aws: AwsContext },
) {
  const source = foundIn?.(aws);
  if (lookedUp !== undefined) {
    return saved !== undefined && formatAnswer(saved) !== lookedUp
      ? `${formatAnswer(saved)}, from the file; ${source ?? 'AWS'} says ${lookedUp}`
      : `${lookedUp}, ${source === undefined ? 'looked up' : `from ${source}`}`;
  }
  if (saved !== undefined) return undefined;
  if (proposal !== formatAnswer(defaultOf(field))) return `${proposal}, proposed`;
  return whyDefault === undefined ? undefined : `${proposal}, the default: ${whyDefault}`;
}

/** Longer lists do not fit on a screen. */
const MOST_LISTED_ACCOUNTS = 20;

function listAccounts({ accounts }: AwsContext): string[] {
  if (accounts.length === 0 || accounts.length > MOST_LISTED_ACCOUNTS) return [];
  return ['', ...accounts.map(({ id, name }) => `  ${id}  ${name}`)];
}

function proposalFor({ field, propose }: Question, json: EnvironmentJson, props: InterviewProps): string {
  return propose?.({ ...props, json }) ?? formatAnswer(defaultOf(field));
}

/** Whether the answer is still to come: from the person, or as a proposal. */
function isOpen(question: Question, json: EnvironmentJson, props: InterviewProps): boolean {
  if (question.id in props.flags) return false;
  return isAsked(question, props) || getField(json, question.field) === undefined;
}

function isAsked({ id, isAdvanced, lookUp }: Question, { flags, aws, all }: InterviewProps): boolean {
  if (id in flags) return false;
  return all || !(isAdvanced ?? lookUp?.(aws) !== undefined);
}

/** The choices of a question, each with what is wrong with it; nothing if any text can be the answer. */
export function choicesWithProblems(question: Question, problemsWith: (answer: string) => string) {
  return choicesOf(question)?.map((value) => ({ value, problems: problemsWith(value) }));
}
