/** What a question of `npm run configure` is. Its explanation and the form of its answer come from the schema. */
import type { Environment } from '../../constructs/environment/environment';
import { optionsOf } from '../support/option-list';
import type { AwsContext } from './aws-context';
import type { EnvironmentJson } from './environment-json';

export interface Question {
  /** Also the flag: `reportRoleName` is `--report-role-name`. */
  readonly id: string;
  /** Field of the environment file that the answer is written to. */
  readonly field: string;
  /** The question in a few words. */
  readonly prompt: string;
  /**
   * Answers to other questions without which this one does not apply: it is not asked, its field is removed, and its flag
   * is refused.
   * @default - it always applies
   */
  readonly prerequisites?: readonly Prerequisite[];
  /** The answer that AWS gives, if it does: then nobody is asked. */
  readonly lookUp?: (aws: AwsContext) => string | undefined;
  /**
   * Where that answer was found.
   * @default - AWS was asked
   */
  readonly foundIn?: (aws: AwsContext) => string | undefined;
  /**
   * Why the default is taken when nobody is asked and nothing is found: people are told.
   * @default - they are not
   */
  readonly whyDefault?: string;
  /** Why the default may be wrong, if it may: then nothing is written until somebody answers. */
  readonly whyNoDefault?: (aws: AwsContext) => string | undefined;
  /**
   * The answer that is proposed.
   * @default - the default of the schema
   */
  readonly propose?: (context: ProposalContext) => string | undefined;
  /**
   * Field that an empty answer removes.
   * @default - the field of the answer
   */
  readonly removes?: string;
  /** The accounts of the organization are listed with it. */
  readonly showsAccounts?: true;
  /** Few people change the default: asked only with --all. */
  readonly isAdvanced?: true;
}

/** An answer that another question needs. */
export interface Prerequisite {
  /** Field of the answer. */
  readonly field: string;
  /** The answer as an option, such as `--bucket new`. */
  readonly option: string;
  readonly isMet: (json: EnvironmentJson) => boolean;
}

/** What a proposal may depend on. */
export interface ProposalContext {
  readonly aws: AwsContext;
  readonly json: EnvironmentJson;
  /** Name of this environment. */
  readonly name: string;
  readonly others: ReadonlyMap<string, Environment>;
}

/** The first prerequisite that the answers so far do not meet. */
export const unmetPrerequisite = ({ prerequisites }: Question, json: EnvironmentJson) =>
  prerequisites?.find(({ isMet }) => !isMet(json));

/** How an answer is written: a list is separated by commas, pairs are NAME=VALUE. */
export type AnswerKind = 'text' | 'number' | 'list' | 'pairs' | 'yes-no' | 'choice';

export function answerKind({ field }: Question): AnswerKind {
  const [option] = optionsOf(field);
  switch (option?.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return 'list';
    case 'object':
      return 'pairs';
    case 'boolean':
      return 'yes-no';
    default:
      return option && option.choices.length > 0 ? 'choice' : 'text';
  }
}

const formats: Partial<Record<AnswerKind, string>> = {
  list: 'Separate values with commas.',
  pairs: 'NAME=VALUE, separated by commas.',
};

/** What the question is about: the description of its field in the schema, without Markdown. */
export function explanationOf(question: Question): string {
  const options = optionsOf(question.removes ?? question.field);
  const descriptions = options.map(({ description, onlyForKind }) =>
    options.length > 1 ? `${onlyForKind}: ${description}` : description,
  );
  const format = formats[answerKind(question)] ?? [];
  return descriptions.concat(format).join(' ').replaceAll('`', '');
}
