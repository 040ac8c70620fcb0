/** A function writes or deletes what belongs to another one, or to another environment. */
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { type Attack, DATE, OWN_KEYS, targets } from './targets';

/** Names of executions that are names of folders or files of a run. */
const EXECUTIONS = ['outcomes', 'ledgers', 'batches', '..', 'manifests'];

export function attacksOfWriters(environment: EnforcedEnvironment): Attack[] {
  const { account, bucket, bucketArn, role, inBucket, machine } = targets(environment);
  const { environment: own } = environment.stack.resource('summarize-run/function') as unknown as {
    environment: { variables: Record<string, string> };
  };
  const name = own.variables.ENVIRONMENT ?? '';
  const puts = (handler: string, what: string, key: string): Attack => ({
    title: `${handler} writes ${what}, ${key}`,
    principal: role(handler),
    action: 's3:PutObject',
    resource: inBucket(key),
    account: bucket.account,
  });
  const executions = machine.replace(':stateMachine:', ':execution:');
  const describes = (what: string, resource: string): Attack => ({
    title: `list-accounts asks about ${what}`,
    principal: role('list-accounts'),
    action: 'states:DescribeExecution',
    resource,
    account,
  });
  return [
    ...EXECUTIONS.map((execution) => runOf(DATE, execution)).flatMap((run) => [
      puts('list-accounts', 'outcomes', keys.outcomes(run, 1)),
      puts('list-accounts', 'a review', keys.reviews(run, 1, 0)),
      puts('list-accounts', 'a view', keys.view(run)),
      puts('collect-reports', 'a ledger', keys.ledger(run)),
      puts('collect-reports', 'a batch', keys.batch(run, 1)),
      puts('collect-reports', 'a snapshot', keys.runFile(run, '0123456789abcdef', 'snapshot.jsonl')),
      puts('collect-reports', 'a view', keys.view(run)),
      puts('summarize-run', 'a ledger', keys.ledger(run)),
      puts('summarize-run', 'outcomes', keys.outcomes(run, 1)),
      puts('summarize-run', 'an export', keys.ocsf(run)),
      puts('export-results', 'a view', keys.view(run)),
      puts('export-results', 'a snapshot', keys.runFile(run, '0123456789abcdef', 'snapshot.jsonl')),
    ]),
    puts('list-accounts', 'a report', keys.report(DATE, '123456789012')),
    puts('summarize-run', 'a report', keys.report(DATE, '123456789012')),
    puts('list-accounts', 'the owners file', keys.ownersFile),
    puts('list-accounts', 'the directory of another environment', keys.directory(`${name}-2`)),
    puts('collect-reports', 'a directory', keys.directory(name)),
    puts('summarize-run', 'a directory', keys.directory(name)),
    puts('list-accounts', 'a manifest', keys.manifest(name, 1)),
    puts('collect-reports', 'a manifest', keys.manifest(name, 1)),
    puts('collect-reports', 'the page of a day', keys.day(DATE, 'index.html')),
    puts('export-results', 'a manifest', keys.manifest(name, 1)),
    puts('export-results', 'the page of a day', keys.day(DATE, 'index.html')),
    puts('collect-reports', 'a public key', keys.publicKey('1234-ab')),
    puts('summarize-run', 'a manifest of another environment', keys.manifest(`${name}-2`, 1)),
    ...HANDLERS.flatMap((handler) =>
      [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:PutObjectRetention',
        's3:BypassGovernanceRetention',
      ].map((action) => ({
        ...puts(handler, '', keys.manifest(name, 1)),
        title: `${handler} calls ${action} for a manifest`,
        action,
      })),
    ),
    ...(bucket.prefix === ''
      ? []
      : HANDLERS.map((handler) => ({
          ...puts(handler, '', ''),
          title: `${handler} writes outside the prefix of its environment`,
          resource: `${bucketArn}/${OWN_KEYS[handler]}`,
        }))),
    ...HANDLERS.map((handler) => ({
      title: `${handler} lists the whole bucket`,
      principal: role(handler),
      action: 's3:ListBucket',
      resource: bucketArn,
      account: bucket.account,
      context: { 's3:prefix': '' },
    })),
    describes('an execution of another state machine', `${executions}-2:daily`),
    describes('a batch', `${executions}/CollectReports:daily`),
  ];
}
