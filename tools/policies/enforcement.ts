/** The embedded organization with the policies of the stack: it rejects every call that they do not allow. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HandlerName } from '../../constructs/functions/handler-names';
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { keys } from '../../handlers/shared/bucket-layout';
import { eventsService } from '../../local/fake-aws/events-service';
import { invokedFunction } from '../../local/fake-aws/lambda-service';
import { LocalEndpoint, type Services, servicesOf } from '../../local/fake-aws/server';
import {
  type Service,
  ServiceError,
  type ServiceRequest,
  type ServiceResponse,
} from '../../local/fake-aws/service';
import { kmsService, makeSigningKey } from '../../local/fake-aws/kms/kms-service';
import { statesService } from '../../local/fake-aws/states-service';
import { accountOfSession } from '../../local/fake-aws/sts-service';
import { temporaryFolder } from '../support/embedded';
import { type Call, decryptionOfVariables, isAllowed } from './authorization';
import type { Deployed } from './deployed';
import type { EnforcedEnvironment } from './environments';
import { HANDLERS, type Handler, accessKeyOf, functionsOf } from './functions';
import { accountOf, callsOf, listingOf } from './requests';

export class Enforcement {
  readonly allowed: Call[] = [];
  readonly denied: Call[] = [];
  /** Lines that the functions logged. */
  readonly printed: string[] = [];
  private deployed: Deployed;
  private services: Services = {};
  private folder = temporaryFolder();
  private endpoint!: LocalEndpoint;
  /** Policies that came with AssumeRole, by the access key of the session. */
  readonly sessionPolicies = new Map<string, object>();
  /** Handlers by the ARN of their function. */
  functions = new Map<string, Handler>();

  private constructor(readonly environment: EnforcedEnvironment) {
    this.deployed = environment.deployed;
  }

  static async start(environment: EnforcedEnvironment): Promise<Enforcement> {
    const enforcement = new Enforcement(environment);
    const guarded = (service: string): Service => enforcement.guarded(service);
    enforcement.endpoint = await LocalEndpoint.start({
      organizations: guarded('organizations'),
      tagging: guarded('tagging'),
      sts: guarded('sts'),
      iam: guarded('iam'),
      s3: guarded('s3'),
      lambda: guarded('lambda'),
      states: guarded('states'),
      kms: guarded('kms'),
      events: guarded('events'),
    });
    return enforcement;
  }

  /** Where real SDK clients reach the organization. */
  get url(): string {
    return this.endpoint.url;
  }

  /** Starts over with other policies, and with new functions, because these keep sessions. */
  reset(deployed: Deployed): void {
    this.folder.remove();
    this.folder = temporaryFolder();
    this.deployed = deployed;
    const { bucket, signingKeyArn } = this.environment;
    const started = new Date();
    this.services = {
      // Refuses a request that does not say whose bucket it means.
      ...servicesOf(this.environment.organization(), this.folder.folder, {
        versions: true,
        owner: bucket.account,
      }),
      lambda: (request) => this.invokeFromFunction(request),
      states: statesService(() => ({ status: 'RUNNING', startDate: started })),
      events: eventsService(() => undefined),
      kms: kmsService({ keys: [{ ...makeSigningKey(accountOf(signingKeyArn)), arn: signingKeyArn }] }),
    };
    this.seed();
    this.allowed.length = 0;
    this.denied.length = 0;
    this.printed.length = 0;
    this.sessionPolicies.clear();
    const { stack, account } = this.environment;
    this.functions = functionsOf(stack, account, this.endpoint.url, (line) => {
      this.printed.push(line);
    });
  }

  /** What the bucket has before the first run: the owners file, and what an earlier run kept. */
  private seed(): void {
    const { bucket, organization, stack } = this.environment;
    const { variables } = stack.resource('list-accounts/function').environment as {
      variables: Record<string, string>;
    };
    const known = { keys: [], accounts: {}, unread: [], units: {} };
    const files = {
      [keys.ownersFile]: { [organization().accounts[0]?.id ?? '']: 'platform' },
      [keys.directory(variables[listAccountsSettings.environment.variable] ?? '')]: known,
    };
    for (const [key, content] of Object.entries(files)) {
      const path = join(this.folder.folder, bucket.name, bucket.prefix, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(content));
    }
  }

  async stop(): Promise<void> {
    await this.endpoint.stop();
    this.folder.remove();
  }

  /** Decides a call and records the decision. */
  async decide(call: Call): Promise<boolean> {
    const allowed = await isAllowed(call, this.deployed, this.environment);
    (allowed ? this.allowed : this.denied).push(call);
    return allowed;
  }

  roleArn(part: string): string {
    const { stack, account } = this.environment;
    return stack.roleArn(`${part}/role`, account);
  }

  private guarded(service: string): Service {
    return async (request) => {
      const owner = (accessKeyId: string) => this.ownerOf(accessKeyId);
      const sessionPolicy = this.sessionPolicies.get(request.accessKeyId);
      for (const call of callsOf(service, request, this.environment, owner)) {
        if (!(await this.decide({ ...call, sessionPolicy }))) throw accessDenied(service, call);
      }
      const serve = this.services[service];
      if (!serve) throw new Error(`no service ${service}`);
      try {
        const response = await serve(request);
        if (service === 'sts') this.keepSessionPolicy(request, response);
        return response;
      } catch (error) {
        if (!(error instanceof ServiceError && error.code === 'NoSuchKey')) throw error;
        const listing = listingOf(request, this.environment, owner);
        if (await isAllowed(listing, this.deployed, this.environment)) throw error;
        throw accessDenied(service, listing);
      }
    };
  }

  private keepSessionPolicy({ body }: ServiceRequest, response: ServiceResponse): void {
    const policy = new URLSearchParams(body.toString()).get('Policy');
    const [, accessKeyId] = /<AccessKeyId>(\w+)</.exec(String(response.body)) ?? [];
    if (policy !== null && accessKeyId !== undefined)
      this.sessionPolicies.set(accessKeyId, JSON.parse(policy) as object);
  }

  /** A function invokes another one, and waits for it. */
  private async invokeFromFunction({ url, body }: ServiceRequest): Promise<ServiceResponse> {
    const { account } = this.environment;
    const name = invokedFunction(url.pathname) ?? '';
    const arn = `arn:aws:lambda:us-east-1:${account}:function:${name}`;
    const result = await this.invoke(arn, JSON.parse(body.toString()));
    return { status: 200, body: JSON.stringify(result) };
  }

  /** AWS Lambda assumes the role of a function, runs it, and writes its log as that role. */
  async invoke(functionArn: string, event: unknown): Promise<unknown> {
    const { account, stack } = this.environment;
    const name = functionArn.split(':').at(-1) ?? '';
    const part = name.replace(/^.*-test-/, '');
    const principal = this.roleArn(part);
    const context = { 'aws:SourceAccount': account };
    const lambda = { principal: 'lambda.amazonaws.com', action: 'sts:AssumeRole', context };
    throwUnless(await this.decide({ ...lambda, resource: principal, account }));
    const decryption = decryptionOfVariables(this.environment, principal, name);
    if (decryption) throwUnless(await this.decide(decryption));
    const group = stack.resource(`${part}/logs`).name as string;
    const resource = `arn:aws:logs:us-east-1:${account}:log-group:${group}:log-stream:one`;
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
      await this.decide({ principal, action, resource, account });
    return this.functions.get(functionArn)?.(event, { getRemainingTimeInMillis: () => 300_000 });
  }

  private ownerOf(accessKeyId: string): string {
    const handler = HANDLERS.find((one: HandlerName) => accessKeyOf(one) === accessKeyId);
    if (handler) return this.roleArn(handler);
    return this.environment.stack.roleArn('report-role/role', accountOfSession(accessKeyId));
  }
}

function accessDenied(service: string, { principal, action, resource }: Call): ServiceError {
  const code = ['s3', 'sts', 'iam'].includes(service) ? 'AccessDenied' : 'AccessDeniedException';
  return new ServiceError(403, code, `${principal} is not authorized to perform ${action} on ${resource}`);
}

export function throwUnless(allowed: boolean): void {
  if (!allowed) throw Object.assign(new Error('denied'), { name: 'AccessDeniedException' });
}
