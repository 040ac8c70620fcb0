/** Writes answers into an environment file, and finds what is wrong with it afterwards. */
import { conflictsWith } from '../../constructs/environment/conflicts';
import type { Environment } from '../../constructs/environment/environment';
import { type Problem, problem, validateEnvironment } from '../../constructs/environment/problems';
import { flagOf, parseAnswer } from './answer';
import { type EnvironmentJson, addMissingKinds, getField, setField } from './environment-json';
import { type Question, answerKind, unmetPrerequisite } from './question';
import { questions } from './questions';

/** The answers do not make a valid environment; the message has one line for each problem. */
export class InvalidAnswers extends Error {
  override readonly name = 'InvalidAnswers';

  /** @param optionsConflict - options on the command line exclude each other */
  constructor(
    message: string,
    readonly optionsConflict = false,
  ) {
    super(message);
  }
}

/** Answers on the command line, by the ID of their question. */
export type Flags = Readonly<Record<string, string>>;

export function applyAnswer(json: EnvironmentJson, question: Question, answer: string): EnvironmentJson {
  const value = parseAnswer(question, answer);
  const field = value === undefined ? (question.removes ?? question.field) : question.field;
  return setField(json, field, value);
}

/** In the order of the questions, and again after every answer, because an object whose kind changes starts empty. */
export function applyFlags(json: EnvironmentJson, flags: Flags): EnvironmentJson {
  return questions.reduce((applied, question) => {
    const answer = flags[question.id];
    return answer === undefined ? applied : applyAnswer(applied, question, answer);
  }, json);
}

/** Removes fields that do not apply because of other answers, such as a logging account for an existing bucket. */
const removeInapplicable = (json: EnvironmentJson) =>
  questions.reduce(
    (rest, question) => (unmetPrerequisite(question, rest) ? applyAnswer(rest, question, '') : rest),
    json,
  );

/** Saved fields keep their order; new ones follow in the order of the questions. */
export function orderFields(json: EnvironmentJson, saved: EnvironmentJson): EnvironmentJson {
  const order = [...Object.keys(saved), ...questions.map(({ field }) => field.split('.')[0] ?? '')];
  const present = [...new Set(order)].filter((name) => name in json);
  return Object.fromEntries(present.map((name) => [name, json[name]]));
}

/** Everything that is wrong with an environment of this name beside the others. */
export function problemsOf(
  json: EnvironmentJson,
  name: string,
  others: ReadonlyMap<string, Environment>,
): Problem[] {
  const validated = validateEnvironment(addMissingKinds(removeInapplicable(json)));
  if ('environment' in validated) return conflictsWith(others, name, validated.environment);
  return validated.problems.map((found) => asAnswered(found, json));
}

/** Pairs that cannot be read are reported in the form in which they are answered, not in that of the file. */
function asAnswered(found: Problem, json: EnvironmentJson): Problem {
  const question = questions.find(({ field }) => field === found.field);
  const answer = getField(json, found.field);
  const isUnreadable = question && answerKind(question) === 'pairs' && typeof answer === 'string';
  return isUnreadable ? problem(found.field, 'must be NAME=VALUE, separated by commas', answer) : found;
}

/** A flag whose question does not apply; the field is the one whose answer would have to change. */
interface UnusableFlag extends Problem {
  readonly isUnusable: true;
}

/** Flags that would be ignored. An empty one only removes what does not apply anyway. */
export function unusableFlags(json: EnvironmentJson, flags: Flags): UnusableFlag[] {
  return questions.flatMap((question) => {
    const [flag = '', prerequisite] = [flags[question.id], unmetPrerequisite(question, json)];
    if (flag.trim() === '' || !prerequisite) return [];
    const text = `${flagOf(question)} can be used only with ${prerequisite.option}; got ${JSON.stringify(flag)}`;
    return [{ field: prerequisite.field, text, isUnusable: true }];
  });
}

/** Whether an answer to one of these questions can solve a problem. */
export const canBeSolvedBy = (asked: readonly Question[], { field }: Problem) =>
  asked.some((question) => field === question.field || field.startsWith(`${question.field}.`));

/** Puts the path of the file before problems that the file had before anything was answered. */
export function attributeToFile(
  problems: readonly Problem[],
  path: string,
  saved: EnvironmentJson,
): Problem[] {
  const validated = validateEnvironment(saved);
  const inFile = new Set('problems' in validated ? validated.problems.map(({ text }) => text) : []);
  return problems.map((found) =>
    inFile.has(found.text) ? { ...found, text: `${path}: ${found.text}` } : found,
  );
}

/**
 * @param open - questions that are still to be answered
 * @throws {@link InvalidAnswers} with every problem that they cannot solve, and the option that can
 */
export function throwIfUnsolvable(problems: readonly Problem[], open: readonly Question[]): void {
  const left = problems.filter((found) => !canBeSolvedBy(open, found));
  if (left.length === 0) return;
  const lines = left.map((found) => {
    const question = questions.find((one) => canBeSolvedBy([one], found));
    return 'isUnusable' in found || !question ? found.text : `${found.text} (${flagOf(question)})`;
  });
  throw new InvalidAnswers(
    lines.join('\n'),
    left.some((found) => 'isUnusable' in found),
  );
}
