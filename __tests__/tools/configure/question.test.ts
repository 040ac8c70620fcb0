import { answerKind, explanationOf } from '../../../tools/configure/question';
import { questions } from '../../../tools/configure/questions';
import { optionsOf } from '../../../tools/support/option-list';

const question = (id: string) => questions.find((one) => one.id === id)!;

describe('a question', () => {
  it.each(questions)('is about a field of the schema: $field', ({ field }) => {
    expect(optionsOf(field)).not.toEqual([]);
  });

  it.each([
    ['region', 'text'],
    ['hour', 'number'],
    ['logRetentionDays', 'number'],
    ['alertEmails', 'list'],
    ['tags', 'pairs'],
    ['athena', 'yes-no'],
    ['bucket', 'choice'],
    ['digest', 'choice'],
  ])('takes its kind of answer from the schema: %s is %s', (id, kind) => {
    expect(answerKind(question(id))).toBe(kind);
  });

  it('is explained by the description of its field, without Markdown, and by the form of its answer', () => {
    const [{ description } = { description: '' }] = optionsOf('accounts.excludeOus');
    expect(explanationOf(question('excludeOus'))).toBe(`${description} Separate values with commas.`);
    expect(explanationOf(question('digest'))).not.toContain('`');
  });

  it('is explained for each kind that has its field', () => {
    expect(explanationOf(question('bucketName'))).toMatch(
      /^new: Name of the new bucket, in the namespace .* existing: Name of the existing bucket\.$/,
    );
  });
});
