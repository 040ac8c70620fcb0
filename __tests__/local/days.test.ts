/** Consecutive days of one organization, with the bundles as they would be deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Manifest } from '../../handlers/core/manifest';
import {
  type AccountFindingsChanged,
  type RunSummarized,
  eventDetails,
} from '../../handlers/export-results/events/event-details';
import { readHistory } from '../../handlers/core/history';
import { keys, runOf } from '../../handlers/shared/bucket-layout';
import type { EventType } from '../../handlers/shared/event-names';
import { plainCell } from '../../handlers/shared/plain-cell';
import { sha256Of } from '../../handlers/shared/hash';
import { unpack } from '../../handlers/summarize-run/output/page/data/page-data';
import { type CollectionResult, EVENTS_FILE, MESSAGES_FILE, collect } from '../../local/collection';
import { silent } from '../../local/display';
import { embeddedSource } from '../../local/source/embedded-source';
import { summary } from '../../local/summary';
import { Synthesis } from '../../local/synthesis';
import { readStack } from '../../local/synthesized-stack';
import { organizationOf, temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';

const DAYS = 5;
const dateOf = (day: number) =>
  new Date(Date.now() - (DAYS - 1 - day) * 86_400_000).toISOString().slice(0, 'YYYY-MM-DD'.length);

const { folder, remove } = temporaryFolder();
const organization = organizationOf({ accounts: 8, users: 12, days: DAYS, churn: 10 });
const results: CollectionResult[] = [];
let synthesis: Synthesis;

beforeAll(async () => {
  const about = { account: '*', user: '*', check: 'console-mfa', reason: 'hardware keys are on their way' };
  const environment = {
    checks: { exemptions: [{ ...about, expires: dateOf(2) }] },
    digest: 'always',
    exports: { events: 'own', ocsf: true },
  };
  synthesis = await Synthesis.make({ project: projectCopy(join(folder, 'project'), { days: environment }) });
  const out = join(folder, 'run');
  const source = await embeddedSource(organization, out);
  const stack = readStack(synthesis.fileOf('days'), source.accountId, source.organizationId);
  for (let day = 0; day < DAYS; day++) {
    const behind = organization.begin(day);
    const place = { stack, source, folder: out, execution: `day-${day}` };
    results.push(await collect({ ...place, waitSeconds: 0.01, display: silent, behind }));
  }
  await source.stop();
});
afterAll(() => {
  synthesis.remove();
  remove();
});

const manifests = (): Manifest[] => results.map(({ summarized }) => summarized!.manifest);
const read = ({ bucket }: CollectionResult, key: string) => readFileSync(join(bucket, key), 'utf8');
type Row = Record<string, string>;
const table = (result: CollectionResult, file: 'findings.csv' | 'changes.csv' | 'credentials.csv') =>
  parse<Row>(read(result, keys.day(result.summarized!.manifest.date, file)), { columns: true });
/** What a page says, without its style and script. */
const textOf = (page: string) =>
  page
    .replace(/<(style|script)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const pairs = () => results.slice(1).map((result, index) => [results[index]!, result] as const);

describe('consecutive days', () => {
  it('are as many dates, the last of which is today, and one chain of manifests', () => {
    expect(manifests().map(({ date }) => date)).toEqual([0, 1, 2, 3, 4].map(dateOf));
    for (const [before, { summarized }] of pairs())
      expect(summarized!.manifest.previous?.sha256).toBe(sha256Of(read(before, before.summarized!.file)));
  });

  it('have credentials that grow older, and users who change, come and leave', () => {
    for (const [before, after] of pairs()) {
      const rows = new Map(table(before, 'credentials.csv').map((row) => [row.arn, row]));
      const same = table(after, 'credentials.csv').filter(
        ({ arn, access_key_1_last_rotated: date, password_last_changed: other }) =>
          rows.get(arn)?.access_key_1_last_rotated === date && rows.get(arn)?.password_last_changed === other,
      );
      expect(same.length).toBeGreaterThan(rows.size / 2);
      expect(same.length).toBeLessThan(rows.size);
    }
    const changes = manifests().flatMap(({ changes }) => changes ?? []);
    expect(changes).toHaveLength(DAYS - 1);
    const total = (field: 'usersAdded' | 'usersRemoved' | 'newFindings' | 'resolvedFindings') =>
      changes.reduce((sum, change) => sum + change[field], 0);
    expect(total('usersAdded')).toBeGreaterThan(0);
    expect(total('usersRemoved')).toBeGreaterThan(0);
    expect(total('newFindings')).toBeGreaterThan(0);
    expect(total('resolvedFindings')).toBeGreaterThan(0);
  });

  it('miss an account on the day in the middle only', () => {
    const failed = manifests().map(({ accounts }) => accounts.filter(({ outcome }) => outcome === 'failed'));
    expect(failed.map(({ length }) => length)).toEqual([0, 0, 1, 0, 0]);
    expect(failed[2]).toMatchObject([{ reason: 'denied' }]);
  });

  it('have findings that are exempt until their exemption expires, and are open and new from then on', () => {
    const exempt = results.map(
      (result) => table(result, 'findings.csv').filter(({ status }) => status === 'exempt').length,
    );
    expect(exempt.map((count) => count > 0)).toEqual([true, true, true, false, false]);
    const open = table(results[3]!, 'findings.csv').filter(({ check }) => check === 'console-mfa');
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter(({ new: isNew }) => isNew === 'true').length).toBeGreaterThan(0);
  });

  it('tell the same numbers in manifest, tables, page and digest', () => {
    for (const result of results) {
      const { date, totals, changes, checks } = result.summarized!.manifest;
      const findings = table(result, 'findings.csv').filter(({ status }) => status !== 'exempt');
      expect(findings).toHaveLength(totals.findings);
      for (const { id, findings: count } of checks)
        expect(findings.filter(({ check }) => check === id)).toHaveLength(count);
      const [digest] = result.notifications;
      expect(digest?.message).toContain(`\nFindings: ${totals.findings}\n`);
      expect(digest?.message).toContain(`\nCollected: ${totals.collected}\nFailed: ${totals.failed}\n`);
      const page = textOf(read(result, keys.day(date, 'index.html')));
      expect(page).toContain(` Collected ${totals.collected} Failed ${totals.failed} `);
      expect(page).toContain(` Findings ${totals.findings} `);
      if (!changes) continue;
      const told = table(result, 'changes.csv').map(({ change }) => change);
      const count = (change: string) => told.filter((one) => one === change).length;
      expect(count('finding-new')).toBe(changes.newFindings);
      expect(findings.filter(({ new: isNew }) => isNew === 'true')).toHaveLength(changes.newFindings);
      expect(page).toContain(` ${changes.newFindings} new findings`);
      expect(page).toContain(`, ${changes.resolvedFindings} resolved; ${changes.usersAdded} users added, `);
      expect(count('finding-resolved')).toBe(changes.resolvedFindings);
      expect(count('user-added')).toBe(changes.usersAdded);
      expect(count('user-removed')).toBe(changes.usersRemoved);
      expect(digest?.message).toContain(
        `  findings: ${changes.newFindings} new, ${changes.resolvedFindings} resolved`,
      );
    }
  });

  it('keep the messages of every day, one a line', () => {
    const lines = readFileSync(join(folder, 'run', MESSAGES_FILE), 'utf8')
      .trim()
      .split('\n');
    const messages = lines.map(
      (line) => JSON.parse(line) as { execution: string; subject: string; message: string },
    );
    expect(messages.map(({ execution }) => execution)).toEqual([0, 1, 2, 3, 4].map((day) => `day-${day}`));
    expect(messages.map(({ subject }) => subject)).toEqual(
      results.flatMap(({ notifications }) => notifications.map(({ subject }) => subject)),
    );
    const last = summary(results.at(-1)!);
    expect(last).toMatch(/^Messages: .*messages\.jsonl, 1 of this run$/m);
    expect(last).toMatch(/^OCSF: {5}.*findings\.ocsf\.jsonl$/m);
  });

  it('have the same accounts and findings in what the script of the page shows', () => {
    for (const result of results) {
      const { date, accounts, totals } = result.summarized!.manifest;
      const page = read(result, keys.day(date, 'index.html'));
      const [, packed = ''] = /id="data">([^<]*)</.exec(page) ?? [];
      const data = unpack(gunzipSync(Buffer.from(packed, 'base64')).toString());
      const rows = table(result, 'findings.csv');
      const shown = data.findings.map(({ user, check, status, reason }) => {
        const { account, name } = data.users[user]!;
        return [
          data.accounts[account]!.id,
          name,
          data.checks[check]!.id,
          status === 'exempt',
          status === 'new',
          reason,
        ];
      });
      const stored = rows.map((row) => [
        row.account_id,
        plainCell(row.user ?? ''),
        row.check,
        row.status === 'exempt',
        row.new === 'true' && row.status !== 'exempt',
        plainCell(row.reason ?? ''),
      ]);
      expect(shown.sort()).toEqual(stored.sort());
      expect(data.total).toBe(rows.length);
      const counted = data.accounts.filter(({ outcome }) => outcome !== 'organization');
      expect(
        new Map(counted.map(({ id, outcome, users, findings }) => [id, { outcome, users, findings }])),
      ).toEqual(
        new Map(
          accounts.map((account) => [
            account.id,
            {
              outcome: account.outcome,
              users: account.outcome === 'collected' ? account.users : undefined,
              findings: account.outcome === 'collected' ? account.findings : undefined,
            },
          ]),
        ),
      );
      const sum = counted.reduce((total, { findings = 0 }) => total + findings, 0);
      const ofOrganization = rows.filter(
        ({ account_id: id = '', status }) => id.startsWith('o-') && status !== 'exempt',
      );
      expect(sum + ofOrganization.length).toBe(totals.findings);
    }
  });

  it('draw the same numbers as a trend: one line for each day so far', () => {
    for (const [day, result] of results.entries()) {
      const { date, files } = result.summarized!.manifest;
      const lines = read(result, files.find(({ key }) => key.endsWith('/history.jsonl'))!.key);
      expect(readHistory(lines)).toEqual(
        manifests()
          .slice(0, day + 1)
          .map(({ date, execution, startedAt, totals, keyAges, changes }) => ({
            ...{ date, execution, startedAt, meanKeyAge: keyAges.meanDays },
            newFindings: changes?.newFindings ?? null,
            resolvedFindings: changes?.resolvedFindings ?? null,
            ...{ expected: totals.expected, collected: totals.collected, users: totals.users },
            findings: totals.findingsBySeverity,
          })),
      );
      const page = textOf(read(result, keys.day(date, 'index.html')));
      const drawn = `${day + 1} runs, from ${dateOf(0)} to ${dateOf(day)}`;
      expect(page.includes(drawn)).toBe(day > 0);
    }
  });

  it('tell the same numbers in events, and in the findings in the format of OCSF', () => {
    const events = readFileSync(join(folder, 'run', EVENTS_FILE), 'utf8')
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { 'detail-type': EventType; detail: AccountFindingsChanged & RunSummarized },
      );
    for (const { 'detail-type': type, detail } of events)
      expect(eventDetails[type].safeParse(detail).error).toBeUndefined();
    expect(events).toHaveLength(results.reduce((sum, { events }) => sum + events!.sent, 0));
    for (const result of results) {
      const { date, execution, totals, changes } = result.summarized!.manifest;
      const ofDay = events.filter(({ detail }) => detail.run.date === date);
      const [run, ...accounts] = ofDay.map(({ detail }) => detail);
      expect(ofDay.map(({ 'detail-type': type }) => type)).toEqual([
        'RunSummarized',
        ...accounts.map(() => 'AccountFindingsChanged'),
      ]);
      expect(run).toMatchObject({
        accounts: { collected: totals.collected, failed: totals.failed },
        findings: {
          total: totals.findings,
          new: changes?.newFindings ?? null,
          resolved: changes?.resolvedFindings ?? null,
        },
        accountEvents: { of: accounts.length },
      });
      expect(accounts.map(({ number, of }) => [number, of])).toEqual(
        accounts.map((_, index) => [index + 1, accounts.length]),
      );
      const total = (field: 'new' | 'resolved') => accounts.reduce((sum, account) => sum + account[field], 0);
      expect([total('new'), total('resolved')]).toEqual([
        changes?.newFindings ?? 0,
        changes?.resolvedFindings ?? 0,
      ]);
      const ocsf = read(result, keys.ocsf(runOf(date, execution)));
      const lines = ocsf
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { status_id: number; activity_id: number });
      const [SUPPRESSED, CREATE] = [3, 1];
      expect(lines).toHaveLength(table(result, 'findings.csv').length);
      expect(lines.filter(({ status_id: status }) => status !== SUPPRESSED)).toHaveLength(totals.findings);
      expect(lines.filter(({ activity_id: activity }) => activity === CREATE)).toHaveLength(
        // Everything is new on the first day.
        changes?.newFindings ?? lines.length,
      );
      expect(run?.ocsf).toMatchObject({ findings: lines.length, sha256: sha256Of(ocsf) });
    }
  });
});
