import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';
import { policyJson } from './policy';
import type { Workflow } from './workflow';

export interface ScheduleProps {
  readonly deployment: Deployment;
  readonly workflow: Workflow;
  /** Hour of the day at which the run starts, 0 to 23. */
  readonly hour: number;
  /** IANA name of the time zone of that hour. */
  readonly timezone: string;
}

/** Starts the workflow once a day. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { deployment, workflow, hour, timezone }: ScheduleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: deployment.nameOf('schedule'),
      assumeRolePolicy: policyJson({
        Sid: 'SchedulesOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: {
            'aws:SourceAccount': deployment.accountId,
            // The schedule's group, never the schedule itself
            // (https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html).
            'aws:SourceArn': deployment.arn('scheduler', 'schedule-group/default'),
          },
        },
      }),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'schedule',
      role: role.name,
      policy: policyJson({
        Sid: 'StartWorkflow',
        Effect: 'Allow',
        Action: 'states:StartExecution',
        Resource: workflow.arn,
      }),
    });
    new SchedulerSchedule(this, 'schedule', {
      name: deployment.name,
      scheduleExpression: `cron(0 ${hour} * * ? *)`,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: workflow.arn, roleArn: role.arn, input: '{}' },
      dependsOn: [policy, workflow.stateMachine],
    });
  }
}
