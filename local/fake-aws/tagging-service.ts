import type { EmbeddedOrganization } from './organization/organization';
import { globalRegion } from '../../handlers/list-accounts/owners/global-region';
import { type Service, ServiceError } from './service';
import { tagsOf } from './organizations-service';

/** Most resources in a page (https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html). */
const MOST_IN_PAGE = 100;

/**
 * AWS Resource Groups Tagging API: GetResources for accounts. It returns resources that have a tag, of the account and Region
 * of the call; the accounts of an organization belong to the management account.
 */
export function taggingService(organization: EmbeddedOrganization): Service {
  return ({ headers, body, region }) => {
    const action = headers['x-amz-target']?.split('.')[1];
    if (action !== 'GetResources') throw new ServiceError(400, 'UnknownOperationException', String(action));
    const { PaginationToken = '', ResourcesPerPage = 50 } = JSON.parse(body.toString()) as {
      PaginationToken?: string;
      ResourcesPerPage?: number;
    };
    const isTheirs = !organization.isDelegated && region === globalRegion(region);
    const tagged = isTheirs ? organization.accounts.filter(({ tags }) => Object.keys(tags).length > 0) : [];
    const from = Number(PaginationToken);
    const next = from + Math.min(ResourcesPerPage, MOST_IN_PAGE);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({
        PaginationToken: next < tagged.length ? String(next) : '',
        ResourceTagMappingList: tagged.slice(from, next).map((account) => ({
          ResourceARN: organization.arnOf(account),
          Tags: tagsOf(account),
        })),
      }),
    };
  };
}
