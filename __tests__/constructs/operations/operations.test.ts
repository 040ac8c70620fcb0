/** Alarms, queue and dashboard: how people learn that something is wrong, and where they look. */
import { alarmDefinitions } from '../../../constructs/operations/alarm-definitions';
import { metrics } from '../../../handlers/shared/metric-names';
import { MIN_SESSION_TIME } from '../../../handlers/shared/aws/report-role-session';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { projectRoot } from '../../../tools/support/project-root';

const stack = new SynthesizedStack({
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
});
const name = 'iam-credential-reports-test';
const topic = `arn:aws:sns:us-east-1:111111111111:${name}-alerts`;
const machine = `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`;
const queue = `arn:aws:sqs:us-east-1:111111111111:${name}-dead-letters`;
const alarms = [...stack.resources].filter(([, { type }]) => type === 'aws_cloudwatch_metric_alarm');

/** An alarm without the properties that all alarms share. */
function alarm(part: string): Record<string, unknown> {
  const {
    type: _type,
    alarm_name,
    alarm_actions,
    ok_actions: _ok,
    alarm_description,
    ...rest
  } = stack.resource(`alarms/${part}`);
  expect(alarm_name).toBe(`${name}-${part}`);
  expect(alarm_actions).toEqual([topic]);
  expect(alarm_description).toMatch(new RegExp(`^.+\\. See docs/operations\\.md, ${part}$`));
  return rest;
}

describe('the end of an alarm', () => {
  const sendsEnd = [...alarms].filter(([, { ok_actions }]) => ok_actions !== undefined);

  it('is told where it means that somebody, or a run, has mended something', () => {
    const described = sendsEnd.map(([path, { alarm_description, ok_actions }]) => {
      expect(ok_actions).toEqual([topic]);
      return [path.replace('alarms/', ''), /When OK: (.*?) See/.exec(String(alarm_description))?.[1]];
    });
    expect(Object.fromEntries(described)).toEqual({
      'did-not-run': 'A run has started.',
      'accounts-failed': 'No account failed in the last run.',
      'start-failed': 'The dead-letter queue is empty.',
    });
  });

  it('is not told of alarms that end by themselves, nor promised by their descriptions', () => {
    const others = alarms.filter((alarm) => !sendsEnd.includes(alarm));
    expect(others.map(([path]) => path.replace('alarms/', '')).sort()).toEqual([
      'collect-reports-erroring',
      'execution-aborted',
      'execution-failed',
      'execution-timed-out',
      'list-accounts-erroring',
      'summarize-run-erroring',
    ]);
    for (const [, { alarm_description }] of others) expect(alarm_description).not.toContain('OK');
  });
});

describe('an alarm', () => {
  const oneOrMore = {
    comparison_operator: 'GreaterThanThreshold',
    threshold: 0,
    period: 300,
    evaluation_periods: 1,
    statistic: 'Sum',
    treat_missing_data: 'notBreaching',
  };

  it.each([
    ['execution-failed', 'ExecutionsFailed'],
    ['execution-timed-out', 'ExecutionsTimedOut'],
    ['execution-aborted', 'ExecutionsAborted'],
  ])('%s reports the first occurrence', (part, metric) => {
    expect(alarm(part)).toEqual({
      ...oneOrMore,
      namespace: 'AWS/States',
      metric_name: metric,
      dimensions: { StateMachineArn: machine },
    });
  });

  it('reports that no run was started for 26 hours, even if there is no data', () => {
    expect(alarm('did-not-run')).toEqual({
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      evaluation_periods: 26,
      treat_missing_data: 'breaching',
      warm_up_configuration: {
        warm_up_period_duration_in_minutes: 26 * 60,
        only_start_evaluating_after_warm_up_period_ends: true,
      },
      metric_query: [
        { id: 'starts', expression: 'FILL(started, 0)', label: 'Runs started', return_data: true },
        {
          id: 'started',
          metric: {
            namespace: 'AWS/States',
            metric_name: 'ExecutionsStarted',
            dimensions: { StateMachineArn: machine },
            period: 3600,
            stat: 'Sum',
          },
        },
      ],
    });
  });

  it('reports failed accounts until a run has none', () => {
    expect(alarm('accounts-failed')).toEqual({
      ...oneOrMore,
      namespace: 'IamCredentialReports',
      metric_name: 'AccountsFailed',
      dimensions: { Environment: 'test' },
      statistic: 'Maximum',
      treat_missing_data: 'ignore',
    });
  });

  it.each(['list-accounts', 'collect-reports', 'summarize-run'])(
    'reports that %s failed as often as a step is attempted',
    (handler) => {
      expect(alarm(`${handler}-erroring`)).toEqual({
        ...oneOrMore,
        comparison_operator: 'GreaterThanOrEqualToThreshold',
        threshold: 3,
        namespace: 'AWS/Lambda',
        metric_name: 'Errors',
        dimensions: { FunctionName: `${name}-${handler}` },
        period: 3600,
      });
    },
  );

  it('reports that the schedule could not start a run', () => {
    expect(alarm('start-failed')).toEqual({
      ...oneOrMore,
      namespace: 'AWS/SQS',
      metric_name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: `${name}-dead-letters` },
      statistic: 'Maximum',
    });
  });

  it('evaluates a window that CloudWatch accepts: one day, or seven with periods of an hour', () => {
    const watched = { stateMachineArn: '', environment: '', functions: [], deadLettersName: '' };
    for (const { period, metricQuery, evaluationPeriods = NaN } of Object.values(alarmDefinitions(watched))) {
      const [, { metric }] = (metricQuery ?? [{}, {}]) as [object, { metric?: { period: number } }];
      const seconds = period ?? metric?.period ?? NaN;
      expect(seconds * evaluationPeriods).toBeLessThanOrEqual(seconds < 3600 ? 86_400 : 604_800);
    }
  });

  it('has a heading of its name in docs/operations.md, with everything on', () => {
    const { resources } = new SynthesizedStack({ exports: { events: 'own', ocsf: true } });
    const names = [...resources]
      .filter(([, { type }]) => type === 'aws_cloudwatch_metric_alarm')
      .map(([path]) => path.replace('alarms/', ''));
    expect(names).toContain('export-results-erroring');
    const headings = [
      ...readFileSync(join(projectRoot, 'docs', 'operations.md'), 'utf8').matchAll(/^### `(.+)`$/gm),
    ].map(([, heading]) => heading);
    expect(headings.sort()).toEqual(names.sort());
  });
});

describe('the schedule', () => {
  it('tries for an hour to start a run, and keeps the runs that it could not start', () => {
    expect(stack.resource('schedule/schedule').target).toMatchObject({
      retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 60 },
      dead_letter_config: { arn: queue },
    });
    expect(stack.resource('schedule/dead-letters/queue')).toMatchObject({
      name: `${name}-dead-letters`,
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 1_209_600,
    });
  });
});

describe('collect-reports', () => {
  it('is invoked by list-accounts too, which may invoke nothing else', () => {
    const statements = stack.policy('list-accounts/policy').Statement;
    expect(statements.filter(({ Action }) => String(Action).startsWith('lambda:'))).toEqual([
      {
        Sid: 'InvokeCollectReports',
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: `arn:aws:lambda:us-east-1:111111111111:function:${name}-collect-reports`,
      },
    ]);
    expect(stack.resource('list-accounts/function').environment).toMatchObject({
      variables: { COLLECT_REPORTS_FUNCTION: `${name}-collect-reports` },
    });
  });

  it('reuses a session only if it outlives the timeout of the function', () => {
    expect(stack.resource('collect-reports/function').timeout).toBe(MIN_SESSION_TIME / 1000);
  });
});

describe('the dashboard', () => {
  const { widgets } = JSON.parse(stack.resource('dashboard/dashboard').dashboard_body as string) as {
    widgets: { properties: { alarms?: string[]; metrics?: (string | object)[][]; region?: string } }[];
  };
  const shown = widgets.flatMap(({ properties }) => properties.metrics ?? []);

  it('shows every alarm', () => {
    expect(widgets.flatMap(({ properties }) => properties.alarms ?? []).sort()).toEqual(
      alarms
        .map(([, { alarm_name }]) => `arn:aws:cloudwatch:us-east-1:111111111111:alarm:${String(alarm_name)}`)
        .sort(),
    );
  });

  it('shows every metric of the runs with the dimensions that the runs publish', () => {
    const ofRuns = shown.flatMap(([namespace, ...rest]) =>
      namespace === 'IamCredentialReports' ? [rest.map(String).join()] : [],
    );
    const published = Object.keys(metrics)
      .filter((metric) => metric !== 'Findings')
      .map((metric) => `${metric},Environment,test`);
    expect(ofRuns.sort()).toEqual(published.sort());
  });

  it('finds the findings of every check of this environment by search', () => {
    expect(shown).toContainEqual([
      expect.objectContaining({
        expression:
          'SEARCH(\'{IamCredentialReports,Environment,Check} MetricName="Findings" Environment="test"\', \'Maximum\', 3600)',
      }),
    ]);
  });

  it('shows the workflow and the function of each state', () => {
    expect(shown).toContainEqual(['AWS/States', 'ExecutionsFailed', 'StateMachineArn', machine]);
    expect(
      new Set(
        shown.flatMap(([namespace, , , functionName]) => (namespace === 'AWS/Lambda' ? [functionName] : [])),
      ),
    ).toEqual(
      new Set(['list-accounts', 'collect-reports', 'summarize-run'].map((handler) => `${name}-${handler}`)),
    );
  });
});
