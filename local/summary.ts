import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Severity } from '../handlers/checks/check';
import { keys, runOf } from '../handlers/shared/bucket-layout';
import type { Manifest } from '../handlers/core/manifest';
import { countsOfExemptions } from '../handlers/summarize-run/output/exemption-text';
import type { CollectionResult } from './collection';
import { failOn, failOnText } from './fail-on';
import { shellWord } from './shell-word';

/** Lines of a message that are shown. The manifest has every account. */
const MESSAGE_LINES = 40;

/**
 * The exit code of a run that ended: a script has to know whether every expected account was collected, and whether there
 * are findings that it asked for. These go first, because more accounts would not take them away.
 */
export function exitCodeOf({ summarized }: CollectionResult, severity?: Severity): 0 | 1 | 3 | 4 {
  if (!summarized) return 1;
  if (severity && failOn(severity, summarized.manifest).findings > 0) return 4;
  return summarized.manifest.complete ? 0 : 3;
}

/** One of several days, in a line. */
export function dayLine({ date, totals, changes }: Manifest): string {
  const since = changes && `, ${changes.newFindings} new, ${changes.resolvedFindings} resolved`;
  return `${date}: ${totals.collected} of ${totals.expected} accounts collected, ${count(totals.findings, 'finding')}${since ?? ''}`;
}

/** The result of a run, for people. */
export function summary(result: CollectionResult, severity?: Severity): string {
  const { summarized, notifications, messagesFile, seconds, bucket, events } = result;
  if (!summarized) {
    return [
      '',
      `The run failed after ${seconds} s: ${result.error ?? ''}`,
      ...notificationLines(notifications),
      ...redriveLines(result),
    ].join('\n');
  }
  const { manifest, file } = summarized;
  const { totals, date, execution } = manifest;
  const ocsf = join(bucket, keys.ocsf(runOf(date, execution)));
  return [
    '',
    `Collected ${totals.collected} of ${totals.expected} accounts in ${seconds} s; ${totals.failed} failed, ${totals.skipped} skipped`,
    '',
    ...checkLines(manifest),
    ...exemptionLines(manifest),
    ...changeLines(manifest),
    ...manifest.notes,
    ...notificationLines(notifications),
    ...redriveLines(result),
    '',
    `Reports:  ${shown(join(bucket, date))}`,
    `Manifest: ${shown(join(bucket, file))}`,
    `Tables:   ${shown(join(bucket, 'organization', date))}`,
    `Page:     ${shown(join(bucket, keys.day(date, 'index.html')))}`,
    ...(events ? [`Events:   ${shown(events.file)}, ${events.sent} of this run`] : []),
    ...(existsSync(ocsf) ? [`OCSF:     ${shown(ocsf)}`] : []),
    ...(existsSync(messagesFile)
      ? [`Messages: ${shown(messagesFile)}, ${notifications.length} of this run`]
      : []),
    `Verify:   npm run verify -- ${shellWord(shown(bucket))}`,
    ...(severity ? ['', failOnText(failOn(severity, manifest), manifest)] : []),
  ].join('\n');
}

function checkLines(manifest: Manifest): string[] {
  const { totals, checks, frameworks } = manifest;
  const { findings, principalsWithFindings, failed } = totals;
  const width = Math.max(...checks.map(({ id }) => id.length));
  return [
    `${count(findings, 'finding')} about ${count(principalsWithFindings, 'principal')}${failed > 0 ? ', not counting failed accounts' : ''}`,
    'Each check with its number of users or accounts, not of findings:',
    ...checks.map(({ id, severity, fail, unknown, exempt, pass, notApplicable }) => {
      const counts = { fail, unknown, exempt, pass, 'not applicable': notApplicable };
      const texts = Object.entries(counts).map(
        ([result, number]) => `${String(number).padStart(6)} ${result}`,
      );
      return `  ${severity.padEnd('critical'.length)} ${id.padEnd(width)} ${texts.join(' ')}`;
    }),
    ...listLines(manifest),
    ...frameworkLines(frameworks),
  ];
}

const exemptionLines = ({ exemptions }: Manifest): string[] =>
  exemptions.length > 0 ? [`Exemptions: ${countsOfExemptions(exemptions)}`] : [];

function listLines({ serviceCredentials: lists, totals }: Manifest): string[] {
  if (!lists) return [];
  const { collected, unknown, credentials } = lists;
  const known = `${credentials} in ${collected} of ${count(totals.collected, 'account')}`;
  return [`Service-specific credentials: ${known}; ${unknown} unknown`];
}

function frameworkLines(frameworks: Manifest['frameworks']): string[] {
  const results = frameworks.map(({ label, met, assessed }) => `${label} ${met} of ${assessed}`);
  return results.length === 0 ? [] : [`Assessed controls that are met: ${results.join(', ')}`];
}

function changeLines({ changes }: Manifest): string[] {
  if (!changes) return ['There is no earlier day to compare with'];
  const { newFindings, resolvedFindings, usersAdded, usersRemoved, accountsAdded, accountsRemoved } = changes;
  return [
    `Since the run of ${changes.since.startedAt}: findings ${newFindings} new, ${resolvedFindings} resolved; ` +
      `users ${usersAdded} added, ${usersRemoved} removed; accounts ${accountsAdded.length} added, ${accountsRemoved.length} removed`,
  ];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A path that a command finds: relative only if npm was started in the working folder. */
function shown(path: string): string {
  const fromHere = relative('', path);
  const isElsewhere = resolve(process.env.INIT_CWD ?? '') !== process.cwd();
  return fromHere.startsWith('..') || isElsewhere ? path : fromHere;
}

function notificationLines(notifications: CollectionResult['notifications']): string[] {
  return notifications.flatMap(({ subject, message }) => {
    const lines =
      subject === undefined
        ? JSON.stringify(JSON.parse(message), null, 2).split('\n')
        : [subject, '', ...message.split('\n')];
    const topic = subject === undefined ? 'chat' : 'alert';
    return ['', `Sent to the ${topic} topic:`, ...truncate(lines).map((line) => `  | ${line}`)];
  });
}

function redriveLines({ redrive }: CollectionResult): string[] {
  if (!redrive) return [];
  const { before, after } = redrive.calls;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const width = Math.max(...names.map((name) => name.length));
  return [
    '',
    `Failed at ${redrive.state} and redriven there, by a model of what AWS does. Calls until then, and since:`,
    ...names.map((name) => `  ${name.padEnd(width)} ${callCount(before[name])} ${callCount(after[name])}`),
  ];
}

const callCount = (calls = 0) => String(calls).padStart(8);

function truncate(lines: string[]): string[] {
  const more = lines.length - MESSAGE_LINES;
  return more <= 0 ? lines : [...lines.slice(0, MESSAGE_LINES), `and ${more} more lines`];
}

/** The result of a run, for programs. */
export function jsonSummary(result: CollectionResult, severity?: Severity) {
  const { status, error, summarized, planted, redrive, notifications, seconds, bucket } = result;
  const { manifest } = summarized ?? {};
  const totals = manifest?.totals;
  return {
    status,
    ...(error && { error }),
    date: manifest?.date ?? null,
    execution: manifest?.execution ?? null,
    complete: manifest?.complete ?? false,
    accounts: totals?.accounts ?? null,
    collected: totals?.collected ?? null,
    failed: totals?.failed ?? null,
    skipped: totals?.skipped ?? null,
    users: totals?.users ?? null,
    findings: totals?.findings ?? null,
    findingsBySeverity: totals?.findingsBySeverity ?? null,
    principalsWithFindings: totals?.principalsWithFindings ?? null,
    // Only with --fail-on.
    ...(severity && { failOn: manifest ? failOn(severity, manifest) : null }),
    checks: manifest ? countsOf(manifest) : null,
    // What the embedded organization planted in the collected reports.
    planted: planted ?? null,
    changes: manifest?.changes ?? null,
    seconds,
    bucket,
    manifest: summarized?.file ?? null,
    page: manifest ? keys.day(manifest.date, 'index.html') : null,
    failures: failures(result),
    events: result.events?.sent ?? 0,
    ...(redrive && { redrive }),
    notifications,
  };
}

function countsOf({ checks }: Manifest) {
  return Object.fromEntries(
    checks.map(({ id, findings, pass, fail, unknown, exempt, notApplicable }) => [
      id,
      { findings, pass, fail, unknown, exempt, notApplicable },
    ]),
  );
}

function failures({ summarized }: CollectionResult) {
  return (summarized?.manifest.accounts ?? []).flatMap((account) =>
    account.outcome === 'failed'
      ? [{ account: account.id, name: account.name, reason: account.reason, detail: account.detail }]
      : [],
  );
}
