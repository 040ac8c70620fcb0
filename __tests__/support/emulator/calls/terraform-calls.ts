import type { RoleCall as Call } from '../../../../tools/policies/role-decision';
import type { Request } from '../front';
import { impliedCalls } from './implied';
import { type ParsedRequest, parseRequest, textOf } from './parsed-request';
import { resourcesOf } from './resources';

/** What AWS would check for each request of Terraform. It remembers what later requests do not say. */
export class TerraformCalls {
  /** Keys by their alias. */
  private readonly keys = new Map<string, string>();
  private workgroup = '';

  /** @param account - of whoever has the access key that signed the request */
  of(request: Request, account: string): Call[] {
    const parsed = parseRequest(request);
    if (!parsed) return [];
    const { permission: action } = parsed;
    const complete = { ...parsed, parameters: this.completed(parsed) };
    const [first, ...others] = resourcesOf(complete, account).map((resource): Call => {
      const context = this.contextOf(complete, resource);
      return { account, action, resource, ...(context && { context }) };
    });
    if (!first) return [];
    this.remember(complete);
    return [first, ...others, ...impliedCalls(complete, first)];
  }

  /** A named query is part of a workgroup, and an alias means a key. */
  private completed({ service, parameters }: ParsedRequest) {
    const alias = textOf(parameters, 'AliasName');
    const key = alias === undefined ? undefined : this.keys.get(alias);
    return {
      ...(service === 'athena' && 'NamedQueryId' in parameters && { WorkGroup: this.workgroup }),
      ...(key !== undefined && { TargetKeyId: key }),
      ...parameters,
    };
  }

  private remember({ action, parameters }: ParsedRequest): void {
    this.workgroup = textOf(parameters, 'WorkGroup') ?? this.workgroup;
    const alias = textOf(parameters, 'AliasName') ?? '';
    const key = textOf(parameters, 'TargetKeyId');
    if (action === 'DeleteAlias') this.keys.delete(alias);
    else if (key !== undefined) this.keys.set(alias, key);
  }

  private contextOf(request: ParsedRequest, resource: string): Call['context'] {
    const { action, parameters, service } = request;
    if (service === 'kms' && resource.includes(':key/')) {
      const key = resource.split('/').at(-1);
      const aliases = [...this.keys].filter(([, of]) => of.split('/').at(-1) === key).map(([alias]) => alias);
      // KMS waits for 30 days unless it is told otherwise.
      const { PendingWindowInDays: days = 30 } = parameters as { PendingWindowInDays?: number };
      const context = {
        ...(aliases.length > 0 && { 'kms:ResourceAliases': aliases }),
        ...(action === 'ScheduleKeyDeletion' && {
          'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
        }),
      };
      return Object.keys(context).length > 0 ? context : undefined;
    }
    // Amazon S3 makes a bucket of such a name only for a request with this header
    // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html), which provider 5 does not know.
    if (service === 's3' && action === 'CreateBucket' && /-\d{12}-[a-z0-9-]+-an$/.test(resource))
      return { 's3:x-amz-bucket-namespace': 'account-regional' };
    return undefined;
  }
}
