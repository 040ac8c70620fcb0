import { parseOptions } from '../../../tools/bench/options';

describe('the options of npm run bench', () => {
  it('run every size once with seed 1 unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({ seed: 1, seeds: 1 });
  });

  it('run every size with several seeds', () => {
    expect(parseOptions(['--seed', '3', '--seeds', '5'])).toMatchObject({ seed: 3, seeds: 5 });
  });
});
