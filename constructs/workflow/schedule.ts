import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import { assertOptions } from '../assert-options';
import { DeadLetters } from './dead-letters';
import type { Deployment } from '../deployment';
import { decryptInput } from '../operations-key';
import { policyJson } from '../policy';
import type { Workflow } from './workflow';

/** Options of {@link Schedule}. */
export interface ScheduleProps {
  readonly deployment: Deployment;
  readonly workflow: Workflow;
  /** Hour of the day at which the run starts, 0 to 23. */
  readonly hour: number;
  /** IANA name of the time zone of that hour. */
  readonly timezone: string;
  /**
   * KMS key of the input.
   * @default - EventBridge Scheduler manages the key
   */
  readonly operationsKeyArn?: string | undefined;
}

/** How long a failed start is retried, s. The date of a run is that of its start, and the next run is a day later. */
const RETRY_SECONDS = 3600;

/** Starts the workflow once a day. A start that fails permanently goes to a dead-letter queue. */
export class Schedule extends Construct {
  readonly deadLetters: DeadLetters;
  readonly arn: string;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { deployment, workflow, hour, timezone, operationsKeyArn } = props;
    assertOptions(this, { schedule: { hour, timezone } });
    const name = deployment.nameOf('schedule');
    this.arn = deployment.arn('scheduler', `schedule/default/${deployment.name}`);
    this.roleArn = deployment.roleArn(name);
    this.deadLetters = new DeadLetters(this, 'dead-letters', { deployment, senderRoleArn: this.roleArn });
    const role = new IamRole(this, 'role', {
      ...deployment.roleSettings,
      name,
      assumeRolePolicy: policyJson({
        Sid: 'SchedulesOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: {
            'aws:SourceAccount': deployment.accountId,
            // The ARN of the schedule group, not of the schedule itself
            // (https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html).
            'aws:SourceArn': deployment.arn('scheduler', 'schedule-group/default'),
          },
        },
      }),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'schedule',
      role: role.name,
      policy: policyJson(
        {
          Sid: 'StartWorkflow',
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: workflow.arn,
        },
        this.deadLetters.senderStatement,
        ...(operationsKeyArn === undefined ? [] : [decryptInput(operationsKeyArn, this.arn)]),
      ),
    });
    new SchedulerSchedule(this, 'schedule', {
      name: deployment.name,
      scheduleExpression: `cron(0 ${hour} * * ? *)`,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      kmsKeyArn: operationsKeyArn,
      target: {
        arn: workflow.arn,
        roleArn: role.arn,
        input: '{}',
        retryPolicy: { maximumEventAgeInSeconds: RETRY_SECONDS, maximumRetryAttempts: 60 },
        deadLetterConfig: { arn: this.deadLetters.arn },
      },
      dependsOn: [policy, workflow.stateMachine],
    });
  }
}
