import { type Bound, boundsOf, meanBoundsOf } from './bounds';
import { meansOf } from './means';
import type { SizeFigures } from './measure';

/** The figures as tables. */
export function tables(sizes: SizeFigures[]): string {
  return [
    'This project',
    table(sizes, {
      accounts: ({ accounts }) => whole(accounts),
      'time s': ({ seconds }) => seconds.toFixed(1),
      'floor s': ({ floorSeconds }) => floorSeconds.toFixed(1),
      'time/floor': ({ ratio }) => ratio.toFixed(2),
      'least s': ({ leastSeconds }) => leastSeconds.toFixed(1),
      'time/least': ({ leastRatio }) => leastRatio.toFixed(2),
      'collected s': ({ collectedSeconds }) => collectedSeconds.toFixed(1),
      'summary s': ({ summarySeconds }) => summarySeconds.toFixed(1),
      'export s': ({ exportSeconds }) => exportSeconds.toFixed(1),
      transitions: ({ transitions }) => whole(transitions),
      'max events': ({ maxHistoryEvents }) => whole(maxHistoryEvents),
      'parent events': ({ parentHistoryEvents }) => whole(parentHistoryEvents),
      'max payload B': ({ maxPayloadBytes }) => whole(maxPayloadBytes),
      invocations: ({ invocations }) => whole(invocations),
      'GB-s': ({ gbSeconds }) => whole(Math.round(gbSeconds)),
      '$/run': ({ usd }) => usd.toFixed(4),
      '$/month': ({ usdPerMonth }) => usdPerMonth.toFixed(2),
      'S3 $/run': ({ usdS3 }) => usdS3.toFixed(4),
    }),
    '  floor: the listing at its quota, then the slowest report, then one poll',
    '  least: each report requested as soon as its account is listed, then one poll; no collection can be faster',
    '  time/floor, time/least: until people have the results; export s, which other systems wait for, is later',
    '  max events, max payload: of any execution; $: Step Functions and Lambda, without S3',
    '',
    'Calls, and what other services charge for them',
    table(sizes, {
      accounts: ({ accounts }) => whole(accounts),
      'STS/account': ({ stsCallsPerAccount }) => stsCallsPerAccount.toFixed(3),
      'events/account': ({ managementEventsPerAccount }) => managementEventsPerAccount.toFixed(2),
      'S3 calls/account': ({ dataEventsPerAccount }) => dataEventsPerAccount.toFixed(2),
      'log B/account': ({ logBytesPerAccount }) => whole(logBytesPerAccount),
      'trail copy $/month': ({ usdTrailCopyPerMonth }) => usdTrailCopyPerMonth.toFixed(2),
      'GuardDuty $/month': ({ usdGuardDutyPerMonth }) => usdGuardDutyPerMonth.toFixed(2),
      'S3 trail $/month': ({ usdDataEventsPerMonth }) => usdDataEventsPerMonth.toFixed(2),
      'GuardDuty S3 $/month': ({ usdGuardDutyDataPerMonth }) => usdGuardDutyDataPerMonth.toFixed(2),
      'logs $/month': ({ usdLogsPerMonth }) => usdLogsPerMonth.toFixed(2),
    }),
    '  events: management events of CloudTrail, in all accounts; S3: if a trail logs, and GuardDuty analyzes, calls for objects',
    '',
    ...meanTable(sizes),
    'The published design: inline Map, one account per iteration, 10 at the same time',
    table(sizes, {
      accounts: ({ accounts }) => whole(accounts),
      result: ({ published }) => (published.succeeded ? 'succeeds' : `fails: ${published.error ?? ''}`),
      'after s': ({ published }) => whole(Math.round(published.seconds)),
      reports: ({ published }) => whole(published.collected),
      transitions: ({ published }) => whole(published.transitions),
      'max events': ({ published }) => whole(published.maxHistoryEvents),
      'max payload B': ({ published }) => whole(published.maxPayloadBytes),
      invocations: ({ published }) => whole(published.invocations),
      'GB-s': ({ published }) => whole(Math.round(published.gbSeconds)),
      '$/run': ({ published }) => published.usd.toFixed(4),
    }),
    'Bounds of this project',
    ...sizes.flatMap((size) => boundsOf(size).map((bound) => boundLine(size, bound))),
    ...meansOf(sizes).flatMap((means) => meanBoundsOf(means).map((bound) => boundLine(means, bound))),
    '',
  ].join('\n');
}

/** The means of more than one seed. */
function meanTable(sizes: SizeFigures[]): string[] {
  const means = meansOf(sizes);
  const [seeds = []] = means.map(({ seeds }) => seeds);
  if (seeds.length < 2) return [];
  return [
    `Means of seeds ${seeds[0]} to ${seeds.at(-1)}`,
    table(means, {
      accounts: ({ accounts }) => whole(accounts),
      'time s': ({ mean }) => mean.seconds.toFixed(1),
      'least s': ({ mean }) => mean.leastSeconds.toFixed(1),
      'time/least': ({ mean }) => mean.leastRatio.toFixed(3),
      'at most': ({ most }) => most.leastRatio.toFixed(3),
      'collected s': ({ mean }) => mean.collectedSeconds.toFixed(1),
      'summary s': ({ mean }) => mean.summarySeconds.toFixed(1),
      'export s': ({ mean }) => mean.exportSeconds.toFixed(1),
      'STS/account': ({ mean }) => mean.stsCallsPerAccount.toFixed(3),
      'events/account': ({ mean }) => mean.managementEventsPerAccount.toFixed(2),
      '$/run': ({ mean }) => mean.usd.toFixed(4),
    }),
  ];
}

function boundLine({ accounts }: { accounts: number }, { rule, figure, holds }: Bound): string {
  return `  ${holds ? 'holds ' : 'BROKEN'} ${whole(accounts).padStart(7)} accounts: ${rule}: ${figure}`;
}

function table<Row>(sizes: readonly Row[], columns: Record<string, (size: Row) => string>): string {
  const rows = [
    Object.keys(columns),
    ...sizes.map((size) => Object.values(columns).map((cell) => cell(size))),
  ];
  const widths = Object.keys(columns).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const lines = rows.map((cells) =>
    cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '),
  );
  return `${lines.map((text) => `  ${text}`).join('\n')}\n`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}
