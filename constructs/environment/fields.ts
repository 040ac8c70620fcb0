import * as z from 'zod';
import { REGION_NAME, knowledgeOfRegion } from '../partition';
import { type TextRule, patternOf } from './text-rule';

/**
 * Building blocks of the options. The message of a field completes the sentence "FIELD …": it says what the value must
 * be, and `problems.ts` adds what it is.
 */

/** Text that matches a pattern. */
export const text = (pattern: RegExp, expected: string) =>
  z.string(`must be ${expected}`).regex(pattern, `must be ${expected}`);

/** Text that obeys a rule. */
export const textBy = (rule: TextRule, flags?: 'u') =>
  z.string(rule.message).regex(new RegExp(patternOf(rule), flags), rule.message);

/** Any text but an empty one. */
export const nonEmptyText = z.string('must be text').min(1, 'must not be empty');

/** Part of a tag (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html). */
const tagRule = (least: number, most: number): TextRule => ({
  pattern: `[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{${least},${most}}`,
  except: '[aA][wW][sS]:',
  message:
    `must be ${least} to ${most} letters, digits, spaces, and the characters _ . : / = + - @, and must not start with ` +
    '"aws:"',
});
export const TAG_NAME = tagRule(1, 128);
export const TAG_VALUE = tagRule(0, 256);
export const tagName = textBy(TAG_NAME, 'u');
export const tagValue = textBy(TAG_VALUE, 'u');

/** A whole number from `least` to `most`, both included. */
export const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).min(least, message).max(most, message);
};

/** A list without duplicates. */
export const uniqueList = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item, 'must be a list')
    .refine((values) => new Set(values).size === values.length, 'must not list a value twice');

/** An object that has these fields and no others. */
export const fieldsOf = <const Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: 'must be an object' });

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

type Kinds = readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]];

/** An object whose fields depend on its `kind`. */
export const oneOfKinds = <const Options extends Kinds>(options: Options, kinds: string) =>
  z.discriminatedUnion('kind', options, {
    // Zod reports a value that is not an object, and a kind that it does not know.
    error: ({ input }) => (isObject(input) ? `must be ${kinds}` : 'must be an object'),
  });

export const accountId = text(/^\d{12}$/, 'a 12-digit account ID');

/** Source of a pattern: the name of something in IAM, after its path if it has one, with at most so many characters. */
export const pathAndName = (most: number) => `(?:[\\w+=,.@-]+/){0,20}[\\w+=,.@-]{1,${most}}`;

export const ROLE_NAME: TextRule = {
  pattern: '[\\w+=,.@-]{1,64}',
  message: 'must be a role name: 1 to 64 letters, digits, and the characters + = , . @ _ -',
};

const mustBeRegion = 'must be an AWS Region, such as "eu-central-1"';
/** A Region that the AWS SDK does not know yet is accepted, with a warning, if its name fits a partition. */
export const regionName = z
  .string(mustBeRegion)
  .regex(REGION_NAME, mustBeRegion)
  .refine((name) => !REGION_NAME.test(name) || knowledgeOfRegion(name) !== 'impossible', mustBeRegion);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = text(
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'a bucket name: 3 to 63 lowercase letters, digits, dots, and hyphens, without a prefix or suffix that AWS reserves',
);
