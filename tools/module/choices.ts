import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Choice } from './decision';

interface RandomChoice {
  readonly choice: Choice;
  /** Which of the two values everything known has. */
  readonly which: 0 | 1;
}

/** Choices at random, always the same ones for a seed. @param cases - of each input by its name */
export function* randomChoices(
  cases: ReadonlyMap<string, readonly string[]>,
  seed: number,
): Generator<RandomChoice, never> {
  const random = xoroshiro128plus(seed);
  const below = (most: number) => uniformInt(random, 0, most - 1);
  for (;;) {
    const choice = Object.fromEntries(
      [...cases].map(([name, names]) => [name, names[below(names.length)] ?? '']),
    );
    yield { choice, which: below(2) === 0 ? 0 : 1 };
  }
}
