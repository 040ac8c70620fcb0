import { check, ok, warning } from '../check';

export const alertEmails = check({
  id: 'alert-emails',
  question: 'Is somebody told when accounts fail or a run fails?',
  needs: 'files',
  read: () => undefined,
  judge: (_facts, { name, environment: { alertEmails: emails } }) =>
    emails.length > 0
      ? ok(`${emails.length} ${emails.length === 1 ? 'recipient' : 'recipients'}: ${emails.join(', ')}`)
      : warning(
          'alertEmails is empty: nobody will be told of accounts and runs that fail',
          `npm run configure -- ${name} --alert-emails you@example.com`,
        ),
});
