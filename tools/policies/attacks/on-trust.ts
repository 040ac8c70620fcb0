/** Another principal assumes one of the roles. */
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { type Attack, OTHER_ORGANIZATION, OUTSIDER, everything, targets } from './targets';

export function attacksOnTrust(environment: EnforcedEnvironment): Attack[] {
  const { account, member, collector, administrator, reportRole, asCollector, asService } =
    targets(environment);
  return [
    ...[member, account].flatMap((of): Attack[] => [
      {
        ...administrator,
        title: `another role of the collecting account assumes the report role of ${of}`,
        action: 'sts:AssumeRole',
        resource: reportRole(of),
        account: of,
      },
      {
        title: `a role of the same name in another account assumes the report role of ${of}`,
        principal: collector.replace(account, OUTSIDER),
        permissions: everything,
        action: 'sts:AssumeRole',
        resource: reportRole(of),
        account: of,
      },
      asCollector(
        `assumes the report role of ${of} after its own account left the organization`,
        'sts:AssumeRole',
        reportRole(of),
        of,
        { 'aws:PrincipalOrgID': OTHER_ORGANIZATION },
      ),
    ]),

    ...HANDLERS.map((handler) =>
      asService(
        `AWS Lambda assumes the role of ${handler} for another account`,
        'lambda.amazonaws.com',
        handler,
        {
          'aws:SourceAccount': OUTSIDER,
        },
      ),
    ),
    asService('another service assumes the role of the collector', 'ec2.amazonaws.com', 'collect-reports', {
      'aws:SourceAccount': account,
    }),
    asService(
      'Step Functions assumes the role of the workflow for another account',
      'states.amazonaws.com',
      'workflow',
      {
        'aws:SourceAccount': OUTSIDER,
      },
    ),
    asService(
      'a schedule of another group assumes the role of the schedule',
      'scheduler.amazonaws.com',
      'schedule',
      {
        'aws:SourceAccount': account,
        'aws:SourceArn': `arn:aws:scheduler:us-east-1:${account}:schedule-group/others`,
      },
    ),
  ];
}
