import type { Finding } from '../../../tools/scanners/checkov';
import { judge } from '../../../tools/scanners/judge';
import type { Outcome } from '../../../tools/scanners/rule';

const HARDENED = 'hardened';

/** What is wrong with one rule, after verdicts such as `+hardened` and `-production`. */
function judged(outcome: Outcome, ...verdicts: string[]): string[] {
  const findings = verdicts.map((verdict): Finding => ({
    rule: 'RULE_1',
    stack: verdict.slice(1),
    resource: 'aws_thing.one',
    passed: verdict.startsWith('+'),
  }));
  return judge(findings, [{ id: 'RULE_1', asks: 'things are good', outcome }], HARDENED);
}

const refused: Outcome = { refused: 'for a reason' };
const option: Outcome = { option: 'athena' };

describe('a list of rules', () => {
  it.each<[string, Outcome, string[]]>([
    ['is passed and passes', 'passed', ['+production', '+hardened']],
    ['is refused and fails somewhere', refused, ['-production', '+hardened']],
    ['is refused by a resource, and fails there', { ...refused, by: /\.one$/ }, ['-production']],
    ['is met by an option and fails only without it', option, ['-production', '+hardened']],
  ])('is right if a rule %s', (_about, outcome, verdicts) => {
    expect(judged(outcome, ...verdicts)).toEqual([]);
  });

  it.each<[string, Outcome, string[], string]>([
    ['is passed but fails', 'passed', ['-production'], 'RULE_1 fails in production: aws_thing.one'],
    ['is refused but passes', refused, ['+production'], 'RULE_1 no longer fails: it is passed'],
    [
      'is refused by one resource, and fails in another',
      { ...refused, by: /\.two$/ },
      ['-production'],
      'RULE_1 fails in production: aws_thing.one',
    ],
    [
      'fails with the option that meets it',
      option,
      ['-production', '-hardened'],
      'RULE_1 fails in hardened: aws_thing.one',
    ],
    ['is met without an option', option, ['+production'], 'RULE_1 no longer fails: it is passed'],
    ['judges nothing', 'passed', [], 'RULE_1 judges nothing: take it out'],
  ])('is wrong if a rule %s', (_about, outcome, verdicts, problem) => {
    expect(judged(outcome, ...verdicts)).toEqual([problem]);
  });

  it('is wrong if it lacks a rule', () => {
    const finding = { rule: 'RULE_2', stack: 'production', resource: 'aws_thing.one', passed: true };
    expect(judge([finding], [], HARDENED)).toEqual(['RULE_2 is not listed']);
  });
});
