import { printableLine } from '../../local/printable';
import { type Status, statuses } from './check';
import type { Examination } from './examine';

/** An examination for people: a line for each finding, and below it what mends it. */
export function linesOf(examination: Examination): string[] {
  const { environment, account, region, deployed, findings, counts } = examination;
  const where = `${account === null ? 'no account' : `account ${account}`}, Region ${region}`;
  const widest = Math.max(...findings.map(({ check }) => check.length));
  return [
    `${environment}: ${where}, ${deployed === null ? 'unknown whether deployed' : deployed ? 'deployed' : 'not deployed'}`,
    ...findings.flatMap(({ check, status, text, fix }) => [
      `${status.padEnd(7)}  ${check.padEnd(widest)}  ${text}`,
      ...(fix === undefined ? [] : [`${' '.repeat(9 + widest)}  → ${fix}`]),
    ]),
    statuses.flatMap((status) => (counts[status] > 0 ? [counted(status, counts[status])] : [])).join(', '),
  ].map(printableLine);
}

const plurals: Readonly<Record<Status, string>> = {
  ok: 'ok',
  warning: 'warnings',
  problem: 'problems',
  unknown: 'unknown',
};

const counted = (status: Status, count: number) => `${count} ${count === 1 ? status : plurals[status]}`;
