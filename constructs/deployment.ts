/**
 * Where a collection is deployed, and what its parts are called. Names and ARNs are put together from values
 * that are known when Terraform plans, so that a reviewer reads them in the plan.
 */
export class Deployment {
  /** First part of every name. */
  readonly name: string;
  /** `aws`, `aws-cn` or `aws-us-gov`; follows from the Region. */
  readonly partition: string;

  constructor(
    /** Tells this deployment from others in the same account, and people which one it is. */
    readonly environment: string,
    readonly region: string,
    /** Account that runs the collection; may be a token. */
    readonly accountId: string,
  ) {
    this.name = `iam-credential-reports-${environment}`;
    this.partition = partitionOf(region);
  }

  /** The name of a part. */
  nameOf(part: string): string {
    return `${this.name}-${part}`;
  }

  /** The ARN of a Regional resource of this deployment's account. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /** The ARN of a role in an account. */
  roleArn(roleName: string, accountId = this.accountId): string {
    return `arn:${this.partition}:iam::${accountId}:role/${roleName}`;
  }

  /** An account as a principal: whoever the policies of that account allow to. */
  accountPrincipal(accountId = this.accountId): { AWS: string } {
    return { AWS: `arn:${this.partition}:iam::${accountId}:root` };
  }

  /** Condition for a service as a principal: it acts for this resource of this account, and for no one else's. */
  onBehalfOf(sourceArn: string): Record<string, Record<string, string>> {
    return {
      StringEquals: { 'aws:SourceAccount': this.accountId },
      ArnLike: { 'aws:SourceArn': sourceArn },
    };
  }

  bucketArn(bucketName: string): string {
    return `arn:${this.partition}:s3:::${bucketName}`;
  }

  /** Host name of a service in the Region, as `kms:ViaService` has it. */
  endpoint(service: string): string {
    return `${service}.${this.region}.amazonaws.com${this.partition === 'aws-cn' ? '.cn' : ''}`;
  }
}

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
