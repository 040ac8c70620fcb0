/** The recipes of docs/integrations.md: applied by Terraform to the emulator, and asked about events as a run sends them. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { ResultEvent } from '../../handlers/export-results/events/event-details';
import { resultEvents } from '../../handlers/export-results/events/result-events';
import { sendEvents } from '../../handlers/export-results/events/send-events';
import { transformed } from '../../local/engine/status-rules';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import type { Caller } from '../support/emulator/aws-cli';
import { Moto } from '../support/emulator/moto';
import { contentOf } from '../support/manifests';
import { Terraform } from './terraform';

const TIME = 300_000;
const RECIPES = {
  pagerduty: { endpoint: 'https://events.pagerduty.com/v2/enqueue', values: {} },
  jira: { endpoint: 'https://example.atlassian.net/rest/api/2/issue', values: { project: 'SEC' } },
} as const;
type Recipe = keyof typeof RECIPES;

const NAME = 'a "name" \\ with quotes';
const user = { user: 'ada', credential: '' };
const runWith = (failed: number) => ({
  ...contentOf([]),
  complete: failed === 0,
  totals: { ...contentOf([]).totals, expected: 10, collected: 10 - failed, failed },
});
const eventsOf = (failed: number): ResultEvent[] =>
  resultEvents(
    {
      manifest: { ...runWith(failed), number: 1, version: 1 } as never,
      recorded: { url: 's3://reports/manifests/test/00000001.json', sha256: '0'.repeat(64) },
      page: { url: 's3://reports/organization/2026-11-22/index.html' },
    },
    [
      {
        id: '111111111111',
        name: NAME,
        owner: null,
        findings: [{ change: 'new', severity: 'critical', check: 'root-mfa', ...user }],
      },
      {
        id: '222222222222',
        name: 'b',
        owner: null,
        findings: [{ change: 'new', severity: 'low', check: 'key-at-setup', ...user }],
      },
      {
        id: '333333333333',
        name: 'c',
        owner: null,
        findings: [{ change: 'resolved', severity: 'critical', check: 'root-mfa', ...user }],
      },
    ],
    undefined,
  );
const eventOf = ({ type, detail }: ResultEvent) => ({
  ...{ id: '1', account: '123456789012', region: 'us-east-1', time: '2026-11-22T08:00:00Z', resources: [] },
  ...{ source: 'iam-credential-reports', 'detail-type': type, detail },
});

const { folder, remove } = temporaryFolder();
let moto: Moto;
let caller: Caller;
let events: EventBridgeClient;
let logs: CloudWatchLogsClient;
let bus: string;

beforeAll(async () => {
  moto = await Moto.start();
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  caller = { url: moto.url, region: 'us-east-1', ...keys };
  const settings = { endpoint: moto.url, region: 'us-east-1', credentials: keys };
  events = new EventBridgeClient(settings);
  logs = new CloudWatchLogsClient(settings);
  bus =
    (await events.send(new CreateEventBusCommand({ Name: 'iam-credential-reports-test' }))).EventBusArn ?? '';
}, TIME);
afterAll(async () => {
  await moto.stop();
  remove();
});

describe.each(Object.keys(RECIPES) as Recipe[])('the recipe %s', (name) => {
  const recipe = JSON.parse(
    readFileSync(join(projectRoot, `examples/integrations/${name}.json`), 'utf8').replace(
      '${values.project}',
      'SEC',
    ),
  ) as { pattern: object; paths: Record<string, string>; template: string };

  it(
    'is applied by Terraform, and a second plan is empty',
    async () => {
      const place = join(folder, name);
      cpSync(join(projectRoot, 'examples/integrations'), place, { recursive: true });
      const { endpoint, values } = RECIPES[name];
      const variables = {
        recipe: name,
        event_bus_arn: bus,
        connection_arn: 'arn:aws:events:us-east-1:123456789012:connection/endpoint/1',
        endpoint,
        values: JSON.stringify(values),
      };
      const given = Object.entries(variables).map(([variable, value]) => `-var=${variable}=${value}`);
      const terraform = new Terraform(place, caller);
      await terraform.init();
      await terraform.plan(...given);
      await terraform.apply();
      expect(await terraform.plan(...given)).toEqual([]);
    },
    TIME,
  );

  it(
    'is refused with values that it cannot use',
    async () => {
      const terraform = new Terraform(join(folder, name), caller);
      const given = ['event_bus_arn=a', 'connection_arn=a', 'endpoint=https://example.com'];
      const plan = (...more: string[]) =>
        terraform.plan(...[...given, ...more].map((value) => `-var=${value}`));
      await expect(plan('recipe=custodian')).rejects.toThrow('recipe must be jira or pagerduty');
      await expect(plan(`recipe=${name}`, 'values={"project":"a\\"b"}')).rejects.toThrow(
        'without quotation marks',
      );
      if (name === 'jira') await expect(plan('recipe=jira')).rejects.toThrow('needs the key of a project');
    },
    TIME,
  );

  it(
    'takes the events that it says, and no others',
    async () => {
      // A log takes what the rule lets through, in place of the endpoint: there is none.
      await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
      const Arn = `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
      const Rule = `iam-credential-reports-${name}`;
      await events.send(new RemoveTargetsCommand({ Rule, EventBusName: bus, Ids: ['endpoint'] }));
      await events.send(new PutTargetsCommand({ Rule, EventBusName: bus, Targets: [{ Id: 'log', Arn }] }));
      const sent = await sendEvents(events, bus, [...eventsOf(0), ...eventsOf(1)], () => Promise.resolve());
      expect(sent).toEqual({ refused: 0 });
      const { events: lines = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: name }));
      const taken = lines
        .map(({ message = '' }) => JSON.parse(message) as ReturnType<typeof eventOf>)
        .map(({ detail }) => ('account' in detail ? detail.account.id : `${detail.accounts.failed} failed`));
      expect(taken).toEqual({ pagerduty: ['1 failed'], jira: ['111111111111', '111111111111'] }[name]);
    },
    TIME,
  );

  it('makes what the endpoint documents, whatever names contain', () => {
    const event = eventOf(eventsOf(1)[name === 'jira' ? 1 : 0]!);
    const body = JSON.parse(transformed(event, recipe.paths, recipe.template)) as object;
    expect(body).toEqual(
      {
        pagerduty: {
          event_action: 'trigger',
          dedup_key: 'RunSummarized/production/2026-11-22/run-1',
          payload: {
            summary: 'IAM credential reports production: 1 of 10 accounts failed',
            source: 'production',
            severity: 'error',
            timestamp: '2026-11-22T08:00:00.000Z',
            custom_details: expect.objectContaining({
              manifest: 's3://reports/manifests/test/00000001.json',
              text: expect.stringContaining('Page: s3://reports/organization/') as string,
            }) as object,
          },
        },
        jira: {
          fields: {
            project: { key: 'SEC' },
            issuetype: { name: 'Task' },
            summary: 'critical: 1 new IAM findings in account 111111111111, 2026-11-22',
            description: expect.stringContaining(`111111111111 ${NAME}`) as string,
            labels: ['iam-credential-reports', 'account-111111111111'],
          },
        },
      }[name],
    );
  });
});
