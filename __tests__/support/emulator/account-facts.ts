import { type Answer, type Gap, type Request, json, queryOf } from './front';

/** What AWS says of an account and a Region, and moto does not. */
export interface AccountFacts {
  /** Trusted access of StackSets. */
  trustedAccess: 'ENABLED' | 'DISABLED';
  /** Concurrent executions of AWS Lambda, all of them unreserved. */
  concurrency: number;
  regionStatus: 'ENABLED' | 'DISABLED';
  /** Delegated administrators of StackSets, whose principal moto does not know. */
  administrators: string[];
  /** Owners of buckets: moto gives a bucket to everybody. */
  bucketOwners: Map<string, string>;
}

export const accountFacts = (facts: AccountFacts): Gap => ({
  before: (request) => {
    const { path, headers } = request;
    if (queryOf(request).get('Action') === 'DescribeOrganizationsAccess') return access(facts);
    if (path.startsWith('/2016-08-19/account-settings'))
      return json({
        AccountLimit: {
          ConcurrentExecutions: facts.concurrency,
          UnreservedConcurrentExecutions: facts.concurrency,
        },
      });
    if (path === '/getRegionOptStatus') return json({ RegionOptStatus: facts.regionStatus });
    if (String(headers['x-amz-target']).endsWith('.ListDelegatedAdministrators'))
      return json({ DelegatedAdministrators: facts.administrators.map((Id) => ({ Id })) });
    return wrongOwner(request, facts);
  },
});

function access({ trustedAccess }: AccountFacts): Answer {
  const result = `<DescribeOrganizationsAccessResult><Status>${trustedAccess}</Status></DescribeOrganizationsAccessResult>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<DescribeOrganizationsAccessResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">${result}</DescribeOrganizationsAccessResponse>`,
  };
}

function wrongOwner({ path, headers }: Request, { bucketOwners }: AccountFacts): Answer | undefined {
  const expected = headers['x-amz-expected-bucket-owner'];
  const owner = bucketOwners.get(/^\/([^/?]+)/.exec(path)?.[1] ?? '');
  if (expected === undefined || owner === undefined || owner === expected) return undefined;
  const body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  return { status: 403, headers: { 'content-type': 'application/xml' }, body };
}
