import { Readable } from 'node:stream';
import type { HttpRequest } from '@smithy/types';
import { HttpResponse } from '@smithy/core/protocols';
import { workSignal } from '../../../handlers/shared/aws/work-signal';
import { queryAnswer, xml } from '../../../local/fake-aws/service';
import { type Call, model } from '../model';
import { SeededRandom } from '../seeded-random';
import { sleep } from '../virtual-time';
import type { Cpu } from './cpu';
import type { ModeledOrganization } from './modeled-organization';
import { Quota } from './quota';

const QUERY = { 'content-type': 'text/xml' };
const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

type JsonCall = Extract<
  Call,
  'ListAccounts' | 'GetResources' | 'ListTagsForResource' | 'ListOrganizationalUnitsForParent'
>;

interface JsonInput {
  NextToken?: string;
  PaginationToken?: string;
  ResourceId?: string;
}

interface Response {
  status?: number;
  headers: Record<string, string>;
  body: string;
}

/** AWS Organizations, STS and IAM, which real SDK clients call, with the quotas and latencies of the model. */
export class ModeledAws {
  readonly calls = new Map<Call, number>();
  readonly listAccounts = new Quota(model.listAccounts);
  readonly getResources = new Quota(model.getResources);
  readonly listTagsForResource = new Quota(model.listTagsForResource);
  private readonly listUnitsForParent = new Quota(model.listUnitsForParent);
  readonly sts = new Quota(model.sts);
  private readonly random: SeededRandom;

  constructor(
    private readonly organization: ModeledOrganization,
    seed: number,
  ) {
    this.random = new SeededRandom(seed);
  }

  /**
   * Takes the time of a call, and the CPU time that its caller needs for it.
   * @throws if the model has no latency for the call, so that no call is free by mistake
   */
  async call(name: Call, cpu: Cpu): Promise<void> {
    if (!Object.hasOwn(model.latencyMs, name))
      throw new Error(`The model has no latency for ${name}: give it one in model.ts`);
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    await cpu.work(model.cpuMs.perCall);
    await sleep(this.random.around(model.latencyMs[name]));
  }

  /** The HTTP handler for the SDK clients of one environment of a function. */
  requestHandler(cpu: Cpu) {
    return {
      handle: async (
        { headers, body }: HttpRequest,
        { abortSignal = workSignal() }: { abortSignal?: AbortSignal | undefined } = {},
      ) => {
        const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
        const [, action = ''] = /^Action=(\w+)/.exec(text) ?? [];
        const name = (action || headers['x-amz-target']?.split('.')[1]) as Call;
        // The quota counts a call when it arrives, before its latency.
        const response = this.respond(name, text, headers.authorization ?? '');
        await this.call(name, cpu);
        abortSignal?.throwIfAborted();
        const { status = 200, ...rest } = response;
        const stream = Readable.from([Buffer.from(rest.body)]);
        return { response: new HttpResponse({ statusCode: status, headers: rest.headers, body: stream }) };
      },
    };
  }

  private respond(name: Call, body: string, authorization: string): Response {
    const account = /Credential=ASIA(\d{12})/.exec(authorization)?.[1] ?? '';
    switch (name) {
      case 'ListAccounts':
      case 'GetResources':
      case 'ListTagsForResource':
      case 'ListOrganizationalUnitsForParent':
        return this.json(name, JSON.parse(body) as JsonInput);
      case 'AssumeRole':
        return this.session(new URLSearchParams(body).get('RoleArn')?.split(':')[4] ?? '');
      case 'GenerateCredentialReport':
        return queryResponse(name, xml({ State: this.organization.generate(account) }));
      case 'PutEvents': {
        const { Entries } = JSON.parse(body) as { Entries: object[] };
        const accepted = { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'event' })) };
        return { headers: JSON_1_1, body: JSON.stringify(accepted) };
      }
      case 'ListOrganizationsFeatures':
        return queryResponse(
          name,
          `<EnabledFeatures></EnabledFeatures>${xml({ OrganizationId: 'o-modeled001' })}`,
        );
      case 'GetCredentialReport': {
        if (!this.organization.isReady(account)) return errorResponse(404, 'ReportInProgress', 'Unknown');
        const GeneratedTime = new Date().toISOString();
        const Content = Buffer.from(this.organization.report(account)).toString('base64');
        return queryResponse(name, xml({ Content, GeneratedTime, ReportFormat: 'text/csv' }));
      }
      default:
        throw new Error(`The modeled services do not answer ${name}`);
    }
  }

  private json(name: JsonCall, input: JsonInput): Response {
    const { organization } = this;
    const answers: Record<JsonCall, [Quota, () => object]> = {
      ListAccounts: [this.listAccounts, () => organization.page(input.NextToken, model.listAccounts.page)],
      GetResources: [
        this.getResources,
        () => organization.taggedPage(input.PaginationToken, model.getResources.page),
      ],
      ListTagsForResource: [
        this.listTagsForResource,
        () => ({ Tags: organization.tags(input.ResourceId ?? '') }),
      ],
      ListOrganizationalUnitsForParent: [
        this.listUnitsForParent,
        () => organization.unitsPage(input.NextToken, model.listUnitsForParent.page),
      ],
    };
    const [quota, answer] = answers[name];
    if (quota.admits()) return { headers: JSON_1_1, body: JSON.stringify(answer()) };
    const error = { __type: 'TooManyRequestsException', message: 'Rate exceeded' };
    return { status: 400, headers: JSON_1_1, body: JSON.stringify(error) };
  }

  private session(account: string): Response {
    if (!this.sts.admits()) {
      return errorResponse(400, 'Throttling', 'Rate exceeded');
    }
    const session = xml({
      AccessKeyId: `ASIA${account}`,
      SecretAccessKey: 'modeled',
      SessionToken: 'modeled',
      Expiration: new Date(Date.now() + 900_000).toISOString(),
    });
    return queryResponse('AssumeRole', `<Credentials>${session}</Credentials>`);
  }
}

function errorResponse(status: number, Code: string, Message: string): Response {
  const error = xml({ Code, Message });
  return { status, headers: QUERY, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
}

function queryResponse(name: Call, result: string): Response {
  return { headers: QUERY, body: String(queryAnswer(name, result).body) };
}
