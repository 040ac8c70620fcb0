import { Readable } from 'node:stream';
import type { HttpRequest } from '@smithy/types';
import { HttpResponse } from '@smithy/core/protocols';
import { queryAnswer, xml } from '../../local/fake-aws/service';
import { Chance } from './chance';
import type { Cpu } from './cpu';
import { type Call, model } from './model';
import type { ModelledOrganization } from './organization';
import { Quota } from './quota';
import { pass } from './virtual-time';

const QUERY = { 'content-type': 'text/xml' };
const JSON_1_1 = { 'content-type': 'application/x-amz-json-1.1' };

/** What a call is answered, before it has taken its time. */
interface Answer {
  status?: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * AWS Organizations, STS and IAM at the other end of the wire of real SDK clients, with the quotas and
 * latencies of the model.
 */
export class ModelledAws {
  readonly calls = new Map<Call, number>();
  readonly listAccounts = new Quota(model.listAccounts);
  readonly sts = new Quota(model.sts);
  private readonly chance: Chance;

  constructor(
    private readonly organization: ModelledOrganization,
    seed: number,
  ) {
    this.chance = new Chance(seed);
  }

  /** The time that a call takes, and the CPU that it takes from its caller. */
  async call(name: Call, cpu: Cpu): Promise<void> {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    await cpu.work(model.cpuMsPerCall);
    await pass(this.chance.around(model.latencyMs[name]));
  }

  /** The HTTP handler for the SDK clients of one environment. */
  wire(cpu: Cpu) {
    return {
      handle: async ({ headers, body }: HttpRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
        const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
        const [, action = ''] = /^Action=(\w+)/.exec(text) ?? [];
        const name = (action || 'ListAccounts') as Call;
        // A quota is held against the call when it arrives.
        const answer = this.answer(name, text, headers.authorization ?? '');
        await this.call(name, cpu);
        abortSignal?.throwIfAborted();
        const { status = 200, ...rest } = answer;
        const stream = Readable.from([Buffer.from(rest.body)]);
        return { response: new HttpResponse({ statusCode: status, headers: rest.headers, body: stream }) };
      },
    };
  }

  private answer(name: Call, body: string, authorization: string): Answer {
    const account = /Credential=ASIA(\d{12})/.exec(authorization)?.[1] ?? '';
    switch (name) {
      case 'ListAccounts':
        return this.page(body);
      case 'AssumeRole':
        return this.session(new URLSearchParams(body).get('RoleArn')?.split(':')[4] ?? '');
      case 'GenerateCredentialReport':
        return answered(name, xml({ State: this.organization.generate(account) }));
      default: {
        const GeneratedTime = new Date().toISOString();
        const Content = Buffer.from(this.organization.report(account)).toString('base64');
        return answered(name, xml({ Content, GeneratedTime, ReportFormat: 'text/csv' }));
      }
    }
  }

  private page(body: string): Answer {
    if (!this.listAccounts.admits()) {
      const refusal = { __type: 'TooManyRequestsException', message: 'Rate exceeded' };
      return { status: 400, headers: JSON_1_1, body: JSON.stringify(refusal) };
    }
    const { NextToken } = JSON.parse(body) as { NextToken?: string };
    const page = this.organization.page(NextToken, model.listAccounts.page);
    return { headers: JSON_1_1, body: JSON.stringify(page) };
  }

  private session(account: string): Answer {
    if (!this.sts.admits()) {
      const refusal = xml({ Code: 'Throttling', Message: 'Rate exceeded' });
      return {
        status: 400,
        headers: QUERY,
        body: `<ErrorResponse><Error>${refusal}</Error></ErrorResponse>`,
      };
    }
    const session = xml({
      AccessKeyId: `ASIA${account}`,
      SecretAccessKey: 'modelled',
      SessionToken: 'modelled',
      Expiration: new Date(Date.now() + 900_000).toISOString(),
    });
    return answered('AssumeRole', `<Credentials>${session}</Credentials>`);
  }
}

function answered(name: Call, result: string): Answer {
  return { headers: QUERY, body: String(queryAnswer(name, result).body) };
}
