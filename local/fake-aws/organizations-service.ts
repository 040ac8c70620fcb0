import type { EmbeddedOrganization } from './organization/organization';
import { type Service, ServiceError } from './service';

/** Most accounts in a page (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html). */
const PAGE = 20;

/** AWS Organizations: ListAccounts, ListRoots and DescribeOrganization. */
export function organizationsService(organization: EmbeddedOrganization): Service {
  const answer = (body: object) => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  return ({ headers, body }) => {
    const action = headers['x-amz-target']?.split('.')[1];
    if (action === 'DescribeOrganization') {
      return answer({ Organization: { Id: organization.id, MasterAccountId: organization.accounts[0]?.id } });
    }
    if (action === 'ListRoots') return answer({ Roots: [{ Id: organization.rootId, Name: 'Root' }] });
    if (action !== 'ListAccounts') throw new ServiceError(400, 'UnknownOperationException', String(action));
    const { NextToken = '0' } = JSON.parse(body.toString()) as { NextToken?: string };
    const management = organization.accounts[0]?.id ?? '';
    const from = Number(NextToken);
    const next = from + PAGE;
    return answer({
      Accounts: organization.accounts.slice(from, next).map(({ id, name, path, state }) => ({
        Id: id,
        Arn: `arn:${organization.partition}:organizations::${management}:account/${organization.id}/${id}`,
        Name: name,
        State: state,
        Paths: [path],
      })),
      ...(next < organization.accounts.length && { NextToken: String(next) }),
    });
  };
}
