/** What other systems get of runs that were summarized. */
import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventDetails } from '../../../handlers/export-results/events/event-details';
import type { EventType } from '../../../handlers/shared/event-names';
import { type ExportResultsProps, exportResults } from '../../../handlers/export-results/export-results';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../local/fake-aws/service';
import { LEDGER_ORGANIZATION } from '../../../tools/support/embedded-execution';
import { consoleUser } from '../../support/rows';
import { accountId, accountWith } from '../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../support/summarized';
import '../../support/quiet';

const on = (day: number) => ({
  date: `2026-11-${day}`,
  execution: `run-${day}`,
  startedAt: `2026-11-${day}T08:00:00.000Z`,
});
const fine = accountWith(accountId(1), consoleUser, 'ada');
const bad = accountWith(accountId(1), { ...consoleUser, mfa_active: 'false' }, 'ada');

/** The last line of each text. */
const PAGE =
  'Page: https://us-east-1.console.aws.amazon.com/s3/object/reports?region=us-east-1&prefix=organization/2026-11-21/index.html';

interface Sent {
  type: EventType;
  detail: Record<string, unknown>;
}

let runs: SummarizedRuns;
let sent: Sent[];
let refuse: boolean;
beforeEach(() => {
  runs = new SummarizedRuns();
  sent = [];
  refuse = false;
});

/** An EventBridge that takes everything, or nothing. */
const client = {
  send: ({ input }: PutEventsCommand) => {
    if (refuse) throw new Error('AccessDeniedException');
    for (const { DetailType, Detail = '' } of input.Entries ?? [])
      sent.push({ type: DetailType as EventType, detail: JSON.parse(Detail) as Sent['detail'] });
    return Promise.resolve({ Entries: (input.Entries ?? []).map(() => ({ EventId: 'id' })) });
  },
} as unknown as EventBridgeClient;

const exported = (input: unknown, props: Partial<ExportResultsProps> = {}) =>
  exportResults({
    bucket: runs.store.bucket,
    environment: 'test',
    partition: 'aws',
    events: { client, bus: 'bus' },
    ocsf: true,
    pause: () => Promise.resolve(),
    ...props,
  })(input);
const exportOf = ({ summary: { manifest } }: SummarizedRun, props?: Partial<ExportResultsProps>) =>
  exported({ manifest }, props);
const ocsfKey = (day: number) => keys.ocsf(runOf(on(day).date, on(day).execution));

describe('the events of a run', () => {
  it('are one about the run and one for each account that changed, as their schemas say', async () => {
    await runs.run([fine], on(20));
    const run = await runs.run([bad], on(21));
    const result = await exportOf(run);
    expect(result.events).toBe(2);
    for (const { type, detail } of sent) expect(eventDetails[type].safeParse(detail).error).toBeUndefined();
    const [summarized, changed] = sent;
    const { changes, totals } = run.manifest;
    expect(summarized).toMatchObject({
      type: 'RunSummarized',
      detail: {
        id: 'RunSummarized/test/2026-11-21/run-21',
        since: on(20),
        findings: { total: totals.findings, new: changes?.newFindings, resolved: changes?.resolvedFindings },
        accountEvents: { of: 1 },
        manifest: { url: `s3://reports/${run.summary.manifest.key}`, sha256: run.summary.manifest.sha256 },
        page: { console: expect.stringContaining('organization/2026-11-21/index.html') as string },
      },
    });
    expect(summarized?.detail.text).toBe(
      'test, 2026-11-21: 1 of 1 account collected, 0 failed. 1 finding (1 high). Since 2026-11-20: 1 new, 1 resolved.\n' +
        PAGE,
    );
    expect(changed?.detail.text).toBe(
      [
        `test, 2026-11-21: ${accountId(1)} name-${accountId(1)}`,
        'New: 1 finding (1 high)',
        'Resolved: 1 finding (1 medium)',
        '',
        'new, high: console-mfa: ada',
        'resolved, medium: unused-45-days: ada, password',
        '',
        PAGE,
      ].join('\n'),
    );
    expect(changes?.newFindings).toBeGreaterThan(0);
    expect(changed).toMatchObject({
      type: 'AccountFindingsChanged',
      detail: { number: 1, of: 1, new: changes?.newFindings, account: { id: accountId(1), owner: null } },
    });
  });

  it('of an account are the same in a second run of the day that finds the same, and others if it finds something else', async () => {
    await runs.run([fine], on(20));
    const idOf = async (execution: string, account: typeof bad) => {
      sent = [];
      await exportOf(await runs.run([account], { ...on(21), execution }));
      return sent.map(({ detail }) => detail.id);
    };
    const [first, second] = [await idOf('morning', bad), await idOf('evening', bad)];
    const other = accountWith(
      accountId(1),
      { ...consoleUser, mfa_active: 'false', access_key_1_active: 'true' },
      'ada',
    );
    const third = await idOf('night', other);
    expect(second[0]).not.toBe(first[0]);
    expect(second[1]).toBe(first[1]);
    expect(first[1]).toMatch(RegExp(`^AccountFindingsChanged/test/2026-11-21/${accountId(1)}/[0-9a-f]{16}$`));
    expect(third[1]).not.toBe(first[1]);
  });

  it('name the organization as such for what concerns it as a whole', async () => {
    const organization = (result: 'pass' | 'fail') => ({
      organization: { ...LEDGER_ORGANIZATION, rootCredentials: { result, detail: 'enabled: none' } },
    });
    await runs.run([fine], { ...on(20), ...organization('pass') });
    await exportOf(await runs.run([fine], { ...on(21), ...organization('fail') }));
    const changed = sent.at(-1);
    expect(changed?.detail.account).toEqual({ id: 'o-exampleorg1', name: '', owner: null });
    expect(String(changed?.detail.text).split('\n')[0]).toBe('test, 2026-11-21: o-exampleorg1');
  });

  it('have texts in which no name is a link', async () => {
    const named = (mfa: string) => [
      {
        ...accountWith(accountId(1), { ...consoleUser, mfa_active: mfa }, 'ada@evil.example'),
        name: 'evil.example',
      },
    ];
    await runs.run(named('true'), on(20));
    await exportOf(await runs.run(named('false'), on(21)));
    const [, changed] = sent;
    expect(changed?.detail).toMatchObject({ account: { name: 'evil.example' } });
    expect(changed?.detail.text).toContain(`${accountId(1)} evil[.]example`);
    expect(changed?.detail.text).toContain('console-mfa: ada[@]evil[.]example');
  });

  it('are one alone in a first run, in which everything is new', async () => {
    await exportOf(await runs.run([bad], on(20)));
    expect(sent).toMatchObject([
      {
        type: 'RunSummarized',
        detail: { accountEvents: { of: 0, reason: 'nothing-to-compare-with' }, findings: { new: null } },
      },
    ]);
  });

  it('are one alone when rules changed', async () => {
    await runs.run([fine], on(20));
    const run = await runs.run([bad], { ...on(21), checks: { off: ['key-at-setup'] } });
    expect(run.manifest.changes?.ruleChanges.length).toBeGreaterThan(0);
    await exportOf(run);
    expect(sent).toMatchObject([{ detail: { accountEvents: { of: 0, reason: 'rules-changed' } } }]);
  });

  it('are the same when they are sent again', async () => {
    await runs.run([fine], on(20));
    const run = await runs.run([bad], on(21));
    await exportOf(run);
    const [first] = [sent];
    sent = [];
    await exportOf(run);
    expect(sent).toEqual(first);
  });

  it('that are refused fail the export, after the findings are written', async () => {
    const run = await runs.run([bad], on(20));
    refuse = true;
    await expect(exportOf(run)).rejects.toMatchObject({
      name: 'EventsRefused',
      message: 'EventBridge did not accept 1 of 1 events: Error: AccessDeniedException',
    });
    expect(runs.s3.text(ocsfKey(20))).toContain('"class_uid":2003');
  });

  it('are not made of a table that was changed', async () => {
    await runs.run([fine], on(20));
    const run = await runs.run([bad], on(21));
    const key = runs.fileOf(run, 'changes.csv');
    runs.s3.put(key, runs.s3.text(key).replace('ada', 'eve'));
    await expect(exportOf(run)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('changes.csv is gone, or was changed') as string,
    });
    expect(sent).toEqual([]);
  });

  it('are not sent if no bus is named', async () => {
    await expect(exportOf(await runs.run([bad], on(20)), { events: undefined })).resolves.toMatchObject({
      events: 0,
    });
    expect(sent).toEqual([]);
  });
});

describe('the findings in the format of OCSF', () => {
  it('are one line for each finding, with the hash that the event names', async () => {
    const run = await runs.run([bad], on(20));
    const { ocsf } = await exportOf(run);
    const text = runs.s3.text(ocsfKey(20));
    expect(text.trim().split('\n')).toHaveLength(run.manifest.totals.findings);
    expect(ocsf).toMatchObject({ findings: run.manifest.totals.findings, bytes: Buffer.byteLength(text) });
    expect(sent[0]?.detail.ocsf).toEqual(ocsf);
  });

  it('stay as they are when the export is repeated', async () => {
    const run = await runs.run([bad], on(20));
    const first = await exportOf(run);
    await expect(exportOf(run)).resolves.toEqual(first);
  });

  it('stay as they are when the export of a run without findings is repeated', async () => {
    const run = await runs.run([{ id: accountId(1), failed: 'denied' }], on(20));
    refuse = true;
    await expect(exportOf(run)).rejects.toThrow('EventBridge did not accept');
    expect(runs.s3.text(ocsfKey(20))).toBe('');
    refuse = false;
    await expect(exportOf(run)).resolves.toMatchObject({ events: 1, ocsf: { findings: 0, bytes: 0 } });
  });

  it.each(['{"class_uid":2003,"message":"all is well"}\n', ''])(
    'are refused if another file is there, such as %j; events are sent without them',
    async (other) => {
      const run = await runs.run([bad], on(20));
      runs.s3.put(ocsfKey(20), other);
      await expect(exportOf(run)).rejects.toMatchObject({
        name: 'InvalidInput',
        message: expect.stringContaining('exists already, with another content') as string,
      });
      expect(sent).toMatchObject([{ type: 'RunSummarized' }]);
      expect(sent[0]?.detail.ocsf).toBeUndefined();
    },
  );

  it('are tried again before any event is sent if S3 does not work', async () => {
    const run = await runs.run([bad], on(20));
    runs.s3.onCall = ({ key }) => {
      if (key === ocsfKey(20)) throw new ServiceError(403, 'AccessDenied', 'no');
    };
    await expect(exportOf(run)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(sent).toEqual([]);
  });

  it('are not made of a table that was changed, and leave no file', async () => {
    const run = await runs.run([bad], on(20));
    const key = runs.fileOf(run, 'findings.csv');
    runs.s3.put(key, runs.s3.text(key).replace(',ada,', ',eve,'));
    await expect(exportOf(run)).rejects.toMatchObject({
      message: expect.stringContaining('was changed after it was written') as string,
    });
    await expect(runs.store.bucket.exists(ocsfKey(20))).resolves.toBe(false);
  });

  it('are not written if they are not asked for', async () => {
    await expect(exportOf(await runs.run([bad], on(20)), { ocsf: false })).resolves.toMatchObject({
      ocsf: null,
    });
    await expect(runs.store.bucket.list('exports/')).resolves.toEqual([]);
  });
});

describe('an export is refused', () => {
  it.each([
    ['without a manifest', {}, 'manifest is missing'],
    [
      'with more than a manifest',
      { manifest: { key: 'k', sha256: '0'.repeat(64) }, run: 'x' },
      'unknown fields: run',
    ],
  ])('%s', async (_what, input, problem) => {
    await expect(exported(input)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining(problem) as string,
    });
  });

  it('if the manifest has another hash', async () => {
    const { summary } = await runs.run([bad], on(20));
    await expect(exported({ manifest: { ...summary.manifest, sha256: '0'.repeat(64) } })).rejects.toThrow(
      'is not the manifest that the run of test has recorded',
    );
  });

  it('if the key is not that of a manifest, without reading what it names', async () => {
    const run = await runs.run([bad], on(20));
    const read: string[] = [];
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET') read.push(key);
    };
    const { sha256 } = run.summary.manifest;
    for (const key of [
      runs.fileOf(run, 'findings.csv'),
      'manifests/test/1.json',
      'manifests/other/00000001.json',
    ])
      await expect(exported({ manifest: { key, sha256 } })).rejects.toThrow('is not the manifest');
    expect(read).toEqual([]);
  });

  it('if the manifest is one of another environment, or a copy under another key', async () => {
    const run = await runs.run([bad], on(20));
    await expect(exportOf(run, { environment: 'other' })).rejects.toThrow(
      'is not the manifest that the run of other',
    );
    const { key, sha256 } = run.summary.manifest;
    runs.s3.put(`${key}.copy`, runs.s3.text(key));
    await expect(exported({ manifest: { key: `${key}.copy`, sha256 } })).rejects.toThrow(
      'is not the manifest',
    );
    expect(sent).toEqual([]);
  });
});
