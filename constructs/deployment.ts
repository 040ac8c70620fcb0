import type { IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { assertEnvironmentName, assertText } from './assert-options';
import { type Environment, defaultOptions } from './environment/environment';
import { defaultEnabledRegion, partitionOf } from './partition';

/**
 * Where a collection is deployed, and how its resources are named. Names and ARNs are built from values that are known at
 * plan time, so that a reviewer sees them in the plan.
 */
export class Deployment {
  /** First part of every resource name. */
  readonly name: string;
  /** Derived from the Region, such as `aws` or `aws-cn`. */
  readonly partition: string;
  /**
   * Where STS and StackSets are called, and where the stack of the report role is in each account: the Region of the
   * deployment, unless accounts of the organization may not have enabled that.
   */
  readonly memberRegion: string;

  /** @throws `InvalidOptions` if no environment may have this name, or if Terraform alone knows the Region */
  constructor(
    /** Name of the environment; it distinguishes deployments in the same account. */
    readonly environment: string,
    /** That of the provider, as text: names, ARNs and what there is depend on it. */
    readonly region: string,
    /** Account that runs the collection; may be a CDKTF token. */
    readonly accountId: string,
    /** Processor architecture of the functions. */
    readonly architecture: Environment['architecture'] = defaultOptions.architecture,
    /** Path and permissions boundary of every role that is made. */
    readonly roles: Environment['roles'] = defaultOptions.roles,
  ) {
    assertEnvironmentName(environment);
    assertText('region', region);
    this.name = `iam-credential-reports-${environment}`;
    this.partition = partitionOf(region).name;
    this.memberRegion = defaultEnabledRegion(region);
  }

  /** The name of a resource. */
  nameOf(part: string): string {
    return `${this.name}-${part}`;
  }

  /** The ARN of a Regional resource of an account. */
  arn(service: string, resource: string, accountId = this.accountId): string {
    return `arn:${this.partition}:${service}:${this.region}:${accountId}:${resource}`;
  }

  /** The ARN of the function that runs a handler. */
  functionArn(handler: string): string {
    return this.arn('lambda', `function:${this.nameOf(handler)}`);
  }

  /** The ARN of the state machine: its functions need to know it before it exists. */
  get stateMachineArn(): string {
    return this.arn('states', `stateMachine:${this.name}`);
  }

  /** The ARN pattern of the executions of the state machine, without the children of its Distributed Map. */
  get executionsArn(): string {
    return this.arn('states', `execution:${this.name}:*`);
  }

  /** An ARN of IAM, which is in no Region. */
  iamArn(resource: string, accountId = this.accountId): string {
    return `arn:${this.partition}:iam::${accountId}:${resource}`;
  }

  /** The name of a role that is made, after its path: as in ARNs. */
  roleWithPath(roleName: string): string {
    return `${this.roles.path.slice(1)}${roleName}`;
  }

  /** The ARN of a role that is made in an account. */
  roleArn(roleName: string, accountId = this.accountId): string {
    return this.iamArn(`role/${this.roleWithPath(roleName)}`, accountId);
  }

  /** What every role that is made in this account has. */
  get roleSettings(): Pick<IamRoleConfig, 'path' | 'permissionsBoundary'> {
    const { path, permissionsBoundary: policy } = this.roles;
    const boundary = policy?.startsWith('arn:') ? policy : policy && this.iamArn(`policy/${policy}`);
    return {
      ...(path !== '/' && { path }),
      ...(boundary !== undefined && { permissionsBoundary: boundary }),
    };
  }

  /** An account as a principal: everyone whom the IAM policies of that account allow access. */
  accountPrincipal(accountId = this.accountId): { AWS: string } {
    return { AWS: this.iamArn('root', accountId) };
  }

  /** Condition for a service principal: the service may act only on behalf of this resource of this account. */
  onBehalfOf(sourceArn: string): Record<string, Record<string, string>> {
    return {
      StringEquals: { 'aws:SourceAccount': this.accountId },
      ArnLike: { 'aws:SourceArn': sourceArn },
    };
  }

  /** The ARN of a bucket. */
  bucketArn(bucketName: string): string {
    return `arn:${this.partition}:s3:::${bucketName}`;
  }

  /** Host name of a service in the Region, as in the condition key `kms:ViaService`. */
  endpoint(service: string): string {
    return `${service}.${this.region}.${partitionOf(this.region).dnsSuffix}`;
  }
}
