import { type Bound, boundsOf } from './bounds';
import type { SizeFigures } from './measure';

/** The figures for people. */
export function tables(sizes: SizeFigures[]): string {
  return [
    'This project',
    table(sizes, {
      accounts: ({ accounts }) => whole(accounts),
      'time s': ({ seconds }) => seconds.toFixed(1),
      'floor s': ({ floorSeconds }) => floorSeconds.toFixed(1),
      ratio: ({ ratio }) => ratio.toFixed(2),
      'least s': ({ leastSeconds }) => leastSeconds.toFixed(1),
      'collected s': ({ collectedSeconds }) => collectedSeconds.toFixed(1),
      'summary s': ({ summarySeconds }) => summarySeconds.toFixed(1),
      transitions: ({ transitions }) => whole(transitions),
      'most events': ({ maxHistoryEvents }) => whole(maxHistoryEvents),
      'of the parent': ({ parentHistoryEvents }) => whole(parentHistoryEvents),
      'payload B': ({ maxPayloadBytes }) => whole(maxPayloadBytes),
      invocations: ({ invocations }) => whole(invocations),
      'GB-s': ({ gbSeconds }) => whole(Math.round(gbSeconds)),
      '$ a run': ({ usd }) => usd.toFixed(4),
      '$ a month': ({ usdPerMonth }) => usdPerMonth.toFixed(2),
      '$ S3 a run': ({ usdS3 }) => usdS3.toFixed(4),
    }),
    'The published design: inline Map, one account an iteration, 10 at the same time',
    table(sizes, {
      accounts: ({ accounts }) => whole(accounts),
      result: ({ comparator }) =>
        comparator.completes ? 'completes' : `breaks: ${comparator.breaksOn ?? ''}`,
      'after s': ({ comparator }) => whole(Math.round(comparator.seconds)),
      reports: ({ comparator }) => whole(comparator.collected),
      transitions: ({ comparator }) => whole(comparator.transitions),
      'most events': ({ comparator }) => whole(comparator.maxHistoryEvents),
      'payload B': ({ comparator }) => whole(comparator.maxPayloadBytes),
      invocations: ({ comparator }) => whole(comparator.invocations),
      'GB-s': ({ comparator }) => whole(Math.round(comparator.gbSeconds)),
      '$ a run': ({ comparator }) => comparator.usd.toFixed(4),
    }),
    'Bounds',
    ...sizes.flatMap((size) => boundsOf(size).map((bound) => line(size, bound))),
    '',
  ].join('\n');
}

function line({ accounts }: SizeFigures, { rule, figure, holds }: Bound): string {
  return `  ${holds ? 'holds ' : 'MISSED'} ${whole(accounts).padStart(7)} accounts: ${rule}: ${figure}`;
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
