/** Prowler and Cloud Custodian judge the same credential reports as this project, and every difference is explained. */
import { readFileSync } from 'node:fs';
import { writeWhole } from '../../constructs/write-file';
import { type Differences, type Pair, differencesOf, textOf } from '../../tools/peers/compared/differences';
import { explanations } from '../../tools/peers/compared/explanations';
import { MEASURED_FILES, type Measured, SAME } from '../../tools/peers/compared/measured';
import { TOOLS, oddReports } from '../../tools/peers/compared/odd-reports';
import { PEERS, differ } from '../../tools/peers/compared/questions';
import { boundaryReports, randomReports } from '../support/peers/cases';
import { pairsOf } from '../support/peers/compared';
import { type OddOutcomes, oddOutcomes } from '../support/peers/odd-outcomes';

const SEED = 18;
const RANDOM_ROWS = 5000;
/** Prowler and Cloud Custodian judge some 5,400 rows, ms. */
const TIME = 600_000;

let pairs: Pair[];
let differences: Differences;
let odd: OddOutcomes;

beforeAll(async () => {
  pairs = await pairsOf([...boundaryReports(), ...randomReports(SEED, RANDOM_ROWS)]);
  differences = differencesOf(pairs, explanations);
  odd = await oddOutcomes();
}, TIME);

it('explains every difference', () => {
  expect(differences.unexplained.map(textOf)).toEqual([]);
});

it('explains nothing that does not happen', () => {
  const unused = [...differences.explained].filter(([, { boundary, random }]) => boundary + random === 0);
  expect(unused.map(([{ id }]) => id)).toEqual([]);
});

it('notices a difference that has no explanation', () => {
  for (const { id } of explanations) {
    const without = differencesOf(
      pairs,
      explanations.filter((one) => one.id !== id),
    );
    // Another explanation may fit some of its rows, never all of them.
    expect([id, without.unexplained.length]).not.toEqual([id, 0]);
  }
});

it('says why a tool makes something else of a report that is odd as a whole', () => {
  const unexplained = oddReports.flatMap(({ id, why }) =>
    TOOLS.filter((tool) => (odd[id]![tool] === SAME) !== (why[tool] === undefined)).map(
      (tool) => `${id}, ${tool}: ${odd[id]![tool]}`,
    ),
  );
  expect(unexplained).toEqual([]);
});

it('finds what docs/peers.md shows', () => {
  const found = measured();
  // Then `npm run generate` writes the document.
  if (process.env.RENEW) writeWhole(MEASURED_FILES.differences, `${JSON.stringify(found, null, 2)}\n`);
  expect(JSON.parse(readFileSync(MEASURED_FILES.differences, 'utf8'))).toEqual(found);
});

function measured(): Measured {
  const of = (peer: Pair['peer']) => pairs.filter((pair) => pair.peer === peer);
  const rows = (kind: Pair['kind']) =>
    new Set(pairs.filter((pair) => pair.kind === kind).map(({ row }) => row));
  return {
    seed: SEED,
    rows: { boundary: rows('boundary').size, random: rows('random').size },
    pairs: Object.fromEntries(
      PEERS.map((peer) => [
        peer,
        {
          compared: of(peer).length,
          different: of(peer).filter(({ ours, theirs }) => differ(ours, theirs)).length,
        },
      ]),
    ) as Measured['pairs'],
    differences: Object.fromEntries([...differences.explained].map(([{ id }, counts]) => [id, counts])),
    oddReports: odd,
  };
}
