import type { EmbeddedAccount, EmbeddedOrganization } from './organization/organization';
import { type Service, ServiceError } from './service';

/** Most accounts in a page (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html). */
const PAGE = 20;

/** AWS Organizations, as far as list-accounts, the doctor and the local run call it. */
export function organizationsService(organization: EmbeddedOrganization): Service {
  const operations: Record<string, (input: Input) => object> = {
    DescribeOrganization: () => ({
      Organization: { Id: organization.id, MasterAccountId: organization.managementAccountId },
    }),
    ListRoots: () => ({ Roots: [{ Id: organization.rootId, Name: 'Root' }] }),
    ListAccounts: ({ NextToken }) => {
      const { page, token } = pageOf(organization.accounts, NextToken);
      return { Accounts: page.map((account) => listed(organization, account)), ...token };
    },
    ListTagsForResource: ({ ResourceId = '' }) => {
      const account = organization.account(ResourceId);
      if (!account) throw new ServiceError(400, 'TargetNotFoundException', `no resource ${ResourceId}`);
      return { Tags: tagsOf(account) };
    },
    ListOrganizationalUnitsForParent: ({ ParentId = '', NextToken }) => {
      const { page, token } = pageOf(organization.unitsBelow(ParentId), NextToken);
      return { OrganizationalUnits: page.map(({ id, name }) => ({ Id: id, Name: name })), ...token };
    },
  };
  return ({ headers, body }) => {
    const action = headers['x-amz-target']?.split('.')[1] ?? '';
    const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
    if (!operation) throw new ServiceError(400, 'UnknownOperationException', action);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(operation(JSON.parse(body.toString()) as Input)),
    };
  };
}

interface Input {
  NextToken?: string;
  ParentId?: string;
  ResourceId?: string;
}

const listed = (organization: EmbeddedOrganization, account: EmbeddedAccount) => ({
  Id: account.id,
  Arn: organization.arnOf(account),
  Name: account.name,
  Email: account.email,
  State: account.state,
  Paths: [account.path],
});

/** As AWS writes tags. */
export const tagsOf = ({ tags }: EmbeddedAccount) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function pageOf<Item>(items: readonly Item[], NextToken = '0') {
  const from = Number(NextToken);
  const next = from + PAGE;
  return {
    page: items.slice(from, next),
    token: next < items.length ? { NextToken: String(next) } : {},
  };
}
