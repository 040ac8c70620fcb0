/** Amazon S3 with the objects of a run, and every other service as its policies decide: for callers who read the results. */
import { S3Client } from '@aws-sdk/client-s3';
import type { PolicyDocument } from '../../../constructs/policy';
import { credentialsOf } from '../../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../../local/fake-aws/server';
import { objectsInMemory } from '../../../local/fake-aws/s3/objects';
import { s3Over } from '../../../local/fake-aws/s3/s3-service';
import {
  type Service,
  ServiceError,
  type ServiceRequest,
  type ServiceResponse,
} from '../../../local/fake-aws/service';
import type { Call } from '../authorization';
import { isAllowedBy } from '../evaluator';
import { callsToS3 } from '../requests-to-s3';
import { ORGANIZATION, type ReaderSetup, accounts } from './setups';

/** Somebody who calls. */
export interface Caller {
  readonly roleArn: string;
  /** The IAM policy of the role, if it has one. */
  readonly permissions?: PolicyDocument | undefined;
}

export class EnforcedBucket {
  /** Calls that were denied. */
  readonly denied: Call[] = [];
  private readonly callers = new Map<string, Caller>();

  private constructor(
    readonly setup: ReaderSetup,
    private readonly endpoint: LocalEndpoint,
  ) {}

  /** @param reports - serves the report bucket */
  static async start(setup: ReaderSetup, reports: Service): Promise<EnforcedBucket> {
    const { bucket, results } = setup;
    const stored = {
      [bucket.name]: reports,
      [results.name]: s3Over(objectsInMemory(new Map(), `${results.name}/`)),
    };
    // The service needs the caller's permissions, and the caller the service's address.
    const own: { enforced?: EnforcedBucket } = {};
    const endpoint = await LocalEndpoint.start({
      s3: async (request) => {
        await own.enforced?.assertAllowed(request);
        const [, name = ''] = request.url.pathname.split('/');
        if (request.url.searchParams.has('location')) return LOCATION;
        const serve = stored[name];
        if (!serve) throw new ServiceError(404, 'NoSuchBucket', name);
        return serve(request);
      },
    });
    own.enforced = new EnforcedBucket(setup, endpoint);
    return own.enforced;
  }

  async stop(): Promise<void> {
    await this.endpoint.stop();
  }

  /** A client of S3 that signs as the caller. */
  clientOf(caller: Caller): S3Client {
    const accessKeyId = `AKIALOCALREADER${this.callers.size}`;
    this.callers.set(accessKeyId, caller);
    return new S3Client({
      endpoint: this.endpoint.url,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: credentialsOf(accessKeyId),
    });
  }

  /** Decides a call of a caller, and records what is denied. */
  async decide(
    { roleArn, permissions }: Caller,
    call: Omit<Call, 'principal' | 'permissions'>,
    trust?: PolicyDocument,
  ): Promise<boolean> {
    const { action, resource, account, context } = call;
    const [, , , , callingAccount = '', roleName = ''] = roleArn.replace(/:role\/(.*\/)?/, ':').split(':');
    const resourcePolicy =
      trust ?? this.setup.resourcePolicies.get(resource.replace(/(:s3:::[^/]*)\/.*/, '$1'));
    const allowed = await isAllowedBy({
      request: {
        principal: `arn:aws:sts::${callingAccount}:assumed-role/${roleName}/session`,
        action,
        resource: { resource, accountId: account },
        contextVariables: {
          'aws:SecureTransport': 'true',
          'aws:ResourceAccount': account,
          'aws:PrincipalArn': roleArn,
          'aws:PrincipalAccount': callingAccount,
          ...(callingAccount !== accounts.outsider && { 'aws:PrincipalOrgID': ORGANIZATION }),
          ...context,
        },
      },
      identityPolicies: permissions ? [{ name: 'own', policy: permissions }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy && { resourcePolicy }),
    });
    if (!allowed) this.denied.push({ principal: roleArn, ...call });
    return allowed;
  }

  private async assertAllowed(request: ServiceRequest): Promise<void> {
    const caller = this.callers.get(request.accessKeyId);
    if (!caller) throw new ServiceError(403, 'InvalidAccessKeyId', request.accessKeyId);
    const { bucket, results } = this.setup;
    const isResult = request.url.pathname.startsWith(`/${results.name}`);
    const place = isResult ? { ...bucket, account: results.account } : bucket;
    for (const call of callsToS3(request, caller.roleArn, { bucket: place })) {
      if (!(await this.decide(caller, call))) throw new ServiceError(403, 'AccessDenied', call.action);
    }
  }
}

const LOCATION: ServiceResponse = { status: 200, body: '<LocationConstraint/>' };
