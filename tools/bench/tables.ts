import { type Bound, boundsOf } from './bounds';
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
      'collected s': ({ collectedSeconds }) => collectedSeconds.toFixed(1),
      'summary s': ({ summarySeconds }) => summarySeconds.toFixed(1),
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
    '  max events, max payload: of any execution; $: Step Functions and Lambda, without S3',
    '',
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
    '',
  ].join('\n');
}

function boundLine({ accounts }: SizeFigures, { rule, figure, holds }: Bound): string {
  return `  ${holds ? 'holds ' : 'BROKEN'} ${whole(accounts).padStart(7)} accounts: ${rule}: ${figure}`;
}

function table(sizes: SizeFigures[], columns: Record<string, (size: SizeFigures) => string>): string {
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
