import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, type MetricName } from '../../handlers/shared/metric-names';
import type { Alarms } from './alarms';
import type { Deployment } from '../deployment';
import type { Workflow } from '../workflow/workflow';

/** Options of {@link Dashboard}. */
export interface DashboardProps {
  readonly deployment: Deployment;
  readonly workflow: Workflow;
  readonly alarms: Alarms;
}

/** A CloudWatch dashboard: alarms, accounts, findings, executions and functions. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { deployment, workflow, alarms }: DashboardProps) {
    super(scope, id);
    const { region, environment } = deployment;
    const ofRuns = (name: MetricName) => [METRIC_NAMESPACE, name, 'Environment', environment];
    const ofWorkflow = (name: string) => ['AWS/States', name, 'StateMachineArn', workflow.arn];
    const ofFunctions = (name: string) =>
      workflow.functions.map(({ functionName }) => ['AWS/Lambda', name, 'FunctionName', functionName]);
    const accounts: MetricName[] = [
      'AccountsExpected',
      'AccountsCollected',
      'AccountsFailed',
      'AccountsSkipped',
    ];

    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: deployment.name,
      dashboardBody: JSON.stringify({
        start: '-P14D',
        widgets: [
          { ...place(0, 0, 24, 3), type: 'alarm', properties: { title: 'Alarms', alarms: alarms.arns } },
          { ...place(3, 0), ...graph(region, 'Accounts of a run', 'Maximum', 3600, accounts.map(ofRuns)) },
          {
            ...place(3, 12),
            ...graph(region, 'Age of the oldest report (s)', 'Maximum', 3600, [ofRuns('OldestReportAge')]),
          },
          {
            ...place(9, 0, 24),
            ...graph(region, 'Findings of each check', 'Maximum', 3600, [findingsOfChecks(environment)]),
          },
          {
            ...place(15, 0),
            ...graph(
              region,
              'Runs',
              'Sum',
              3600,
              ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'].map((status) =>
                ofWorkflow(`Executions${status}`),
              ),
            ),
          },
          {
            ...place(15, 12),
            ...graph(region, 'Duration of a run (ms)', 'Maximum', 3600, [ofWorkflow('ExecutionTime')]),
          },
          {
            ...place(21, 0),
            ...graph(region, 'Errors and throttles of the functions', 'Sum', 300, [
              ...ofFunctions('Errors'),
              ...ofFunctions('Throttles'),
            ]),
          },
          {
            ...place(21, 12),
            ...graph(region, 'Duration of an invocation (ms)', 'Maximum', 300, ofFunctions('Duration')),
          },
        ],
      }),
    });
  }
}

/**
 * The findings of every check. It is a search expression, which finds metrics with data in the last two weeks
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html), so that a new
 * check does not change the dashboard.
 */
function findingsOfChecks(environment: string): readonly object[] {
  const metric = `MetricName="${'Findings' satisfies MetricName}" Environment="${environment}"`;
  const expression = `SEARCH('{${METRIC_NAMESPACE},Environment,Check} ${metric}', 'Maximum', 3600)`;
  return [{ id: 'findings', label: '', expression }];
}

/** Position and size of a widget on the grid of 24 columns. */
function place(y: number, x: number, width = 12, height = 6) {
  return { x, y, width, height };
}

function graph(
  region: string,
  title: string,
  stat: string,
  period: number,
  metrics: readonly (readonly (string | object)[])[],
) {
  return { type: 'metric', properties: { title, region, stat, period, view: 'timeSeries', metrics } };
}
