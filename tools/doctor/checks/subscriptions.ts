import { type Finding, check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';

export const subscriptions = check({
  id: 'subscriptions',
  question: 'Has every recipient confirmed?',
  needs: 'deployment',
  read: async (aws, { deployment }) => {
    const input = { TopicArn: deployment.arn('sns', deployment.nameOf('alerts')) };
    const pages = await aws.pages('sns:ListSubscriptionsByTopic', input, 'NextToken');
    return pages.flatMap(({ Subscriptions = [] }) =>
      Subscriptions.map(({ Endpoint = '', SubscriptionArn = '' }) => ({
        endpoint: Endpoint,
        // `PendingConfirmation`, or `Deleted`.
        isConfirmed: SubscriptionArn.startsWith('arn:'),
      })),
    );
  },
  judge: (found, { name, environment: { alertEmails }, deployment }) => {
    const confirmed = found.filter(({ isConfirmed }) => isConfirmed).map(({ endpoint }) => endpoint);
    const pending = found.filter(({ isConfirmed }) => !isConfirmed).map(({ endpoint }) => endpoint);
    const absent = alertEmails.filter((email) => !found.some(({ endpoint }) => endpoint === email));
    const topic = deployment.arn('sns', deployment.nameOf('alerts'));
    const resend = (email: string) =>
      `Confirm the email from AWS; to send it again: aws sns subscribe --region ${deployment.region} --topic-arn ${topic} --protocol email --notification-endpoint ${email}`;
    const findings: Finding[] = [
      ...(confirmed.length === 0
        ? [
            problem(
              'nobody is told: no subscription is confirmed',
              'Confirm the emails from AWS, or add alertEmails',
            ),
          ]
        : []),
      ...pending.map((email) => warning(`${email} has not confirmed`, resend(email))),
      ...absent.map((email) =>
        warning(`${email} is in alertEmails, but is not subscribed`, deployCommand(name)),
      ),
    ];
    return findings.length > 0 ? findings : ok(`confirmed: ${confirmed.join(', ')}`);
  },
});
