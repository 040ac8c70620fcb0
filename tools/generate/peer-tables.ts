/** The tables about peers, from what `npm run test:peers` measured and from what explains it. */
import { readFileSync } from 'node:fs';
import { explanations } from '../peers/compared/explanations';
import { MEASURED_FILES, type Measured, type MeasuredCalls, SAME } from '../peers/compared/measured';
import { TOOLS, oddReports } from '../peers/compared/odd-reports';
import { PEERS, type Peer, questions } from '../peers/compared/questions';
import { codes, table } from './markdown';

const NAMES: Readonly<Record<Peer, string>> = {
  prowler: 'Prowler',
  custodian: 'Cloud Custodian',
  powerpipe: 'Powerpipe',
  'security-hub': 'Security Hub',
};

const measured = () => JSON.parse(readFileSync(MEASURED_FILES.differences, 'utf8')) as Measured;

/** Which check of a peer answers what. */
export const peerChecksTable = () =>
  table(
    ['here', ...PEERS.filter((peer) => peer !== 'custodian').map((peer) => NAMES[peer])],
    questions.map(({ ours, theirs }) => [
      codes(ours),
      ...PEERS.filter((peer) => peer !== 'custodian').map((peer) => codes(theirs[peer] ?? [])),
    ]),
  );

export function peerTotalsTable(): string {
  const { pairs } = measured();
  return table(
    ['peer', 'results compared', 'different', 'unexplained'],
    PEERS.map((peer) => [NAMES[peer], String(pairs[peer].compared), String(pairs[peer].different), '0']),
  );
}

export const peerDifferencesTable = (peer: Peer) => {
  const { differences } = measured();
  return table(
    ['check', 'here', 'there', 'boundary rows', 'random rows', 'which is right', 'source'],
    explanations
      .filter((one) => one.peer === peer)
      .map(({ id, questions: asked, here, there, right, source }) => {
        const { boundary = 0, random = 0 } = differences[id] ?? {};
        return [
          asked === undefined ? 'several' : codes(asked),
          here,
          there,
          String(boundary),
          String(random),
          right,
          source.startsWith('https:') ? `<${source}>` : source,
        ];
      }),
  );
};

export function oddReportsTable(): string {
  const { oddReports: outcomes } = measured();
  const same = 'the same';
  return table(
    ['report', 'here', NAMES.prowler, NAMES.custodian],
    oddReports.map(({ id, what, why }) => [
      what,
      ...TOOLS.map((tool) => {
        const outcome = outcomes[id]?.[tool] ?? '';
        return outcome === SAME ? same : `${why[tool] ?? ''} (${outcome})`;
      }),
    ]),
  );
}

export function peerCallsTable(): string {
  const calls = JSON.parse(readFileSync(MEASURED_FILES.calls, 'utf8')) as MeasuredCalls;
  const users = [...new Set(Object.values(calls).flatMap((byUsers) => Object.keys(byUsers)))];
  return table(
    ['tool', ...users.map((number) => `calls for ${number} users`)],
    Object.entries(calls).map(([tool, byUsers]) => [tool, ...users.map((number) => String(byUsers[number]))]),
  );
}
