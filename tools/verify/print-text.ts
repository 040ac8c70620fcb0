import { printableLine } from '../../local/printable';
import { type Finding, type Status, countsOf, statuses } from './findings';
import type { Printer } from './printer';
import type { Summary } from './summary';
import type { Event } from './verify';

/** Findings of one status that are printed for a day. */
const FIRST = 5;

const number = (value: number) => value.toLocaleString('en-US');
const counted = (value: number, noun: string) => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
const column = (text: string) => text.padEnd(11);

/** Prints for people: a line for each chain and day, with the first findings below. */
export class TextPrinter implements Printer {
  constructor(private readonly write: (line: string) => void) {}

  /** Whoever can write objects chooses keys. */
  private print(line: string): void {
    this.write(printableLine(line));
  }

  start(store: string): void {
    this.print(store);
  }

  event(event: Event): void {
    for (const line of event.kind === 'chain' ? chainLines(event) : [dayLine(event)]) this.print(line);
    for (const line of findingLines(event.findings)) this.print(`  ${line}`);
  }

  end(summary: Summary, limits: readonly string[], error?: string): void {
    if (error !== undefined) this.print(`Stopped: ${error}`);
    this.print(summaryLine(summary, error !== undefined));
    for (const limit of limits) this.print(limit);
  }
}

function chainLines({
  environment,
  manifests,
  first,
  last,
  head,
  expectedHead,
}: Event & { kind: 'chain' }): string[] {
  const range = first === undefined ? '' : `, ${first} to ${last}`;
  return [
    `${environment}: ${counted(manifests, 'manifest')}${range}`,
    ...(head ? [`  newest: ${head.key}, SHA-256 ${head.sha256}`] : []),
    ...(expectedHead
      ? [
          `  expected: manifest ${expectedHead.number}; ${counted(expectedHead.after, 'manifest')} came after it`,
        ]
      : []),
  ];
}

function dayLine({ date, verdict, runs, verified, findings }: Event & { kind: 'day' }): string {
  const right = [
    counted(runs.length, 'run'),
    counted(verified.reports, 'report'),
    counted(verified.files, 'file'),
  ].join(', ');
  const others = countsText(countsOf(findings));
  return `${date}  ${column(verdict)} ${right}${others === '' ? '' : `; ${others}`}`;
}

const countsText = (counts: Partial<Record<Status, number>>) =>
  Object.entries(counts)
    .map(([status, count]) =>
      status === 'note' ? counted(count, status) : `${number(count)} ${words(status)}`,
    )
    .join(', ');

const words = (status: string) =>
  status.replace('superseded-not-verifiable', 'superseded, not verifiable').replaceAll('-', ' ');

function findingLines(findings: readonly Finding[]): string[] {
  const groups = Map.groupBy(findings, ({ status }) => status);
  return statuses.flatMap((status) => {
    const group = groups.get(status) ?? [];
    const lines = group
      .slice(0, FIRST)
      .map(({ key, detail }) => `${column(words(status))} ${key}: ${detail}`);
    const rest = group.length - lines.length;
    return rest === 0
      ? lines
      : [...lines, `${column(words(status))} and ${number(rest)} more, which --json has`];
  });
}

function summaryLine({ totals, counts, exitCode }: Summary, wasStopped: boolean): string {
  const result =
    exitCode === 1 ? 'Not as recorded' : exitCode === 2 || wasStopped ? 'Not completely checked' : 'Verified';
  const right = [
    counted(totals.days, 'day'),
    counted(totals.runs, 'run'),
    counted(totals.reports, 'report'),
    counted(totals.files, 'file'),
  ].join(', ');
  const others = countsText(
    Object.fromEntries(statuses.flatMap((one) => (counts[one] ? [[one, counts[one]]] : []))),
  );
  return `${result}: ${right}${others === '' ? '' : `; ${others}`}`;
}
