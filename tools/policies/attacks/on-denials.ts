/** Calls that a policy refuses though somebody may do them. */
import type { EnforcedEnvironment } from '../environments';
import { type Attack, targets } from './targets';

const withoutTls = { 'aws:SecureTransport': 'false' };

export function attacksOnDenials(environment: EnforcedEnvironment): Attack[] {
  const { account, bucket, role, administrator, report, topic, queue, asCollector } = targets(environment);
  return [
    {
      ...asCollector('stores a report without TLS', 's3:PutObject', report, bucket.account, withoutTls),
      refusedBy: { document: 'report-bucket/policy', sid: 'TlsOnly' },
    },
    {
      title: 'the workflow sends a message without TLS',
      principal: role('workflow'),
      action: 'sns:Publish',
      resource: topic,
      account,
      context: withoutTls,
      refusedBy: { document: 'alerts/policy', sid: 'TlsOnly' },
    },
    {
      title: 'the schedule keeps a failed start without TLS',
      principal: role('schedule'),
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      context: withoutTls,
      refusedBy: { document: 'schedule/dead-letters/policy', sid: 'TlsOnly' },
    },
    {
      ...administrator,
      title: 'another role of the account puts a message into the queue',
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      refusedBy: { document: 'schedule/dead-letters/policy', sid: 'ScheduleOnly' },
    },
  ];
}
