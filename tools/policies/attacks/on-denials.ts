/** Calls that a statement denies although another one allows them. */
import type { EnforcedEnvironment } from '../environments';
import { type Attack, targets } from './targets';

const withoutTls = { 'aws:SecureTransport': 'false' };

export function attacksOnDenials(environment: EnforcedEnvironment): Attack[] {
  const { account, bucket, role, administrator, report, topic, queue, asCollector } = targets(environment);
  const tlsOnly = { document: 'report-bucket/policy', sid: 'TlsOnly' };
  return [
    // Whether an existing bucket demands it is up to its owner.
    ...(environment.deployed.statement(tlsOnly)
      ? [
          {
            ...asCollector('stores a report without TLS', 's3:PutObject', report, bucket.account, withoutTls),
            deniedBy: tlsOnly,
          },
        ]
      : []),
    {
      title: 'the workflow sends a message without TLS',
      principal: role('workflow'),
      action: 'sns:Publish',
      resource: topic,
      account,
      context: withoutTls,
      deniedBy: { document: 'alerts/policy', sid: 'TlsOnly' },
    },
    {
      title: 'the schedule sends a failed start to the queue without TLS',
      principal: role('schedule'),
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      context: withoutTls,
      deniedBy: { document: 'schedule/dead-letters/policy', sid: 'TlsOnly' },
    },
    {
      ...administrator,
      title: 'another role of the account sends a message to the queue',
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      deniedBy: { document: 'schedule/dead-letters/policy', sid: 'ScheduleOnly' },
    },
  ];
}
