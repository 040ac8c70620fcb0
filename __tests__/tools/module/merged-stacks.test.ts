import type { Choice } from '../../../tools/module/decision';
import type { Json } from '../../../tools/module/known';
import { Unexplained } from '../../../tools/module/merge';
import { mergedStacks } from '../../../tools/module/merged-stacks';
import { valueOf } from '../../../tools/module/value-of';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const cases = new Map(['one', 'two', 'three', 'four', 'other'].map((input) => [input, LETTERS]));
const everyChoice = [...cases].reduce<Choice[]>(
  (choices, [input, names]) =>
    choices.flatMap((choice) => names.map((name) => ({ ...choice, [input]: name }))),
  [{}],
);
const merged = (stackOf: (choice: Choice, which: 0 | 1) => Json | undefined) =>
  mergedStacks({
    cases,
    stackOf: (choice, which) => {
      const value = stackOf(choice, which);
      return value === undefined ? undefined : { choice, value };
    },
  });

describe('the stacks of some choices', () => {
  it.each<[what: string, stackOf: (choice: Choice) => Json]>([
    ['one combination in 25', ({ one, two }) => ({ is: one === 'a' && two === 'b' })],
    ['a field that is null', ({ one, two }) => ({ field: one === two ? null : 'other' })],
    [
      'items that only some have, one in the other',
      ({ one, two }) => ({ list: one === 'a' ? ['x'] : [{ Sid: 'y', ...(two === 'b' && { z: [1] }) }, 'w'] }),
    ],
  ])('tell what every choice gives: %s', (_what, stackOf) => {
    const tree = merged(stackOf);
    for (const choice of everyChoice) expect(valueOf(tree, choice)).toEqual(stackOf(choice));
  });

  it('are enough where no environment may be like some choices', () => {
    const stackOf = ({ one, two }: Choice) =>
      one === 'a' && two === 'a' ? undefined : { value: one === 'a' || two === 'a' };
    const tree = merged(stackOf);
    for (const choice of everyChoice) {
      const stack = stackOf(choice);
      if (stack) expect(valueOf(tree, choice)).toEqual(stack);
    }
  });

  it('stop the build if something is computed from a value, though only one combination of choices has it', () => {
    const stackOf = ({ one, two }: Choice, which: 0 | 1) => ({
      value: one === 'c' && two === 'd' ? which : 7,
    });
    expect(() => merged(stackOf)).toThrow(Unexplained);
  });

  it('stop the build if their order depends on a choice, which the module could not say', () => {
    const stackOf = ({ one }: Choice) => ({ list: one === 'a' ? ['x', 'y', 'z'] : ['y', 'x'] });
    expect(() => merged(stackOf)).toThrow(/cannot say what this choice gives: \.list\.0: "x" for "y"/);
  });
});
