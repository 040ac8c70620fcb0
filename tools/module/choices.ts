import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Choice } from './decision';
import { inputs } from './inputs';

/** Choices at random, always the same ones for a seed, each with which of the two values everything known has. */
export function* randomChoices(seed: number): Generator<{ choice: Choice; which: 0 | 1 }> {
  const random = xoroshiro128plus(seed);
  const below = (most: number) => uniformInt(random, 0, most - 1);
  for (;;) {
    const choice = Object.fromEntries(
      [...inputs].map(([name, { cases }]) => {
        const names = Object.keys(cases);
        return [name, names[below(names.length)] ?? ''];
      }),
    );
    yield { choice, which: below(2) === 0 ? 0 : 1 };
  }
}
