/** A complete run, with the calls that AWS services make on behalf of a role. */
import { type ExecutionResult, execute } from '../../local/engine/workflow';
import type { WorkflowDefinition } from '../../local/engine/workflow-definition';
import { type Call, operationsKeyOf } from './authorization';
import type { Deployed } from './deployed';
import { type Enforcement, throwUnless } from './enforcement';

/** Runs everything from the schedule to the alarms. The enforcement records what was denied. */
export async function run(enforcement: Enforcement, deployed: Deployed): Promise<ExecutionResult> {
  enforcement.reset(deployed);
  const { stack, account } = enforcement.environment;
  const machine = `arn:aws:states:us-east-1:${account}:stateMachine:${String(stack.resource('workflow/state-machine').name)}`;
  const calls = new ServiceCalls(enforcement);

  await calls.assume('schedule', 'scheduler.amazonaws.com', {
    'aws:SourceArn': `arn:aws:scheduler:us-east-1:${account}:schedule-group/default`,
  });
  await calls.decryptInput();
  await calls.asRole('schedule', 'states:StartExecution', machine);
  await calls.asRole('schedule', 'sqs:SendMessage', calls.queue);
  await calls.assume('workflow', 'states.amazonaws.com');
  await calls.alarm();
  await calls.failedRun();
  return execute({
    stateMachine: {
      name: 'run',
      arn: machine,
      definition: JSON.parse(
        stack.resource('workflow/state-machine').definition as string,
      ) as WorkflowDefinition,
    },
    execution: 'run',
    waitSeconds: 0.001,
    integrations: {
      'lambda:invoke': async ({ FunctionName, Payload }) => {
        const { waited } = Payload as { waited?: number };
        // The first poll of a batch starts its child execution.
        if (waited === 0) throwUnless(await calls.asRole('workflow', 'states:StartExecution', machine));
        throwUnless(await calls.asRole('workflow', 'lambda:InvokeFunction', FunctionName));
        const result = await enforcement.invoke(FunctionName, Payload);
        // As if the first response had been lost: the second try adopts the ledger, the manifest, or the export, of the first.
        const isRepeated = /-(list-accounts|summarize-run|export-results)$/.test(FunctionName);
        return { Payload: isRepeated ? await enforcement.invoke(FunctionName, Payload) : result };
      },
      'sns:publish': async ({ TopicArn }) => {
        throwUnless(await calls.asRole('workflow', 'sns:Publish', TopicArn));
        throwUnless(
          await calls.useAlertsKey(calls.role('workflow'), {
            'kms:ViaService': 'sns.us-east-1.amazonaws.com',
          }),
        );
        return {};
      },
    },
  });
}

class ServiceCalls {
  constructor(private readonly enforcement: Enforcement) {}

  private get account(): string {
    return this.enforcement.environment.account;
  }

  private setting(path: string, field: string): string {
    return this.enforcement.environment.stack.resource(path)[field] as string;
  }

  get queue(): string {
    return `arn:aws:sqs:us-east-1:${this.account}:${this.setting('schedule/dead-letters/queue', 'name')}`;
  }

  role(part: string): string {
    return this.enforcement.roleArn(part);
  }

  private decide(call: Omit<Call, 'account'>): Promise<boolean> {
    return this.enforcement.decide({ ...call, account: this.account });
  }

  asRole(part: string, action: string, resource: string): Promise<boolean> {
    return this.decide({ principal: this.role(part), action, resource });
  }

  /** A service assumes a role on behalf of this account. */
  assume(part: string, service: string, context: Record<string, string> = {}): Promise<boolean> {
    return this.decide({
      principal: service,
      action: 'sts:AssumeRole',
      resource: this.role(part),
      context: { 'aws:SourceAccount': this.account, ...context },
    });
  }

  /** EventBridge Scheduler decrypts the input of the schedule as the role of the schedule. */
  async decryptInput(): Promise<void> {
    const resource = operationsKeyOf(this.enforcement.environment.stack);
    if (resource === undefined) return;
    const schedule = `arn:aws:scheduler:us-east-1:${this.account}:schedule/default/${this.setting('schedule/schedule', 'name')}`;
    const context = { 'kms:EncryptionContext:aws:scheduler:schedule:arn': schedule };
    await this.decide({ principal: this.role('schedule'), action: 'kms:Decrypt', resource, context });
  }

  /** SNS calls KMS on behalf of the publisher. */
  async useAlertsKey(principal: string, context: Record<string, string>): Promise<boolean> {
    const resource = this.setting('alerts/topic', 'kms_master_key_id');
    const uses = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
      this.decide({ principal, action, resource, context }),
    );
    return (await Promise.all(uses)).every(Boolean);
  }

  /** CloudWatch publishes an alarm of this deployment. */
  async alarm(): Promise<void> {
    await this.publish('cloudwatch.amazonaws.com', {
      'aws:SourceAccount': this.account,
      'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${this.account}:alarm:${this.setting('alarms/did-not-run', 'alarm_name')}`,
    });
  }

  /** EventBridge publishes the message about a failed run; it does not say on whose behalf. */
  async failedRun(): Promise<void> {
    await this.publish('events.amazonaws.com', {});
  }

  private async publish(principal: string, context: Record<string, string>): Promise<void> {
    const resource = `arn:aws:sns:us-east-1:${this.account}:${this.setting('alerts/topic', 'name')}`;
    await this.decide({ principal, action: 'sns:Publish', resource, context });
    await this.useAlertsKey(principal, context);
  }
}
