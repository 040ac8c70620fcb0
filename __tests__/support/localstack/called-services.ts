/** What the states of LocalStack call: Lambda and SNS, as the run answers, and STS for the role of the state machine. */
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { FunctionError } from '../../../local/engine/lambda';
import type { Integrations } from '../../../local/engine/prepared-definition';
import { invokedFunction } from '../../../local/fake-aws/lambda-service';
import { type ServiceResponse, queryAnswer, xml } from '../../../local/fake-aws/service';
import { LoopbackServer } from '../loopback-server';

const SESSION = { AccessKeyId: 'session', SecretAccessKey: 'test', SessionToken: 'test' };

export class CalledServices extends LoopbackServer {
  /** Those of the execution that runs. */
  integrations: Integrations | undefined;

  static start(): Promise<CalledServices> {
    return new CalledServices().listen();
  }

  protected async answer(incoming: IncomingMessage): Promise<ServiceResponse> {
    const body = (await buffer(incoming)).toString();
    const name = invokedFunction(incoming.url ?? '');
    if (name !== undefined) return this.invoke(name, JSON.parse(body));
    const parameters = new URLSearchParams(body);
    const action = parameters.get('Action') ?? '';
    if (action === 'AssumeRole') return assumedRole();
    if (action === 'Publish') return this.publish(parameters);
    return { status: 501, body: `${incoming.url} is not supported` };
  }

  private async invoke(FunctionName: string, event: unknown): Promise<ServiceResponse> {
    try {
      const { Payload } = await this.integrations!['lambda:invoke']({ FunctionName, Payload: event });
      return json(200, JSON.stringify(Payload));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const { name, message } = error;
      const [, code] = /^Lambda\.(\w+Exception)$/.exec(name) ?? [];
      // AWS Lambda refused the invocation. For a function that failed it answers 200; the header tells.
      if (code !== undefined) return json(429, JSON.stringify({ message }), { 'x-amzn-errortype': code });
      return json(200, message, { 'x-amz-function-error': 'Unhandled' });
    }
  }

  private async publish(parameters: URLSearchParams): Promise<ServiceResponse> {
    const of = (name: string) => parameters.get(name) ?? '';
    await this.integrations!['sns:publish']({
      TopicArn: of('TopicArn'),
      Subject: of('Subject'),
      Message: of('Message'),
    });
    return queryAnswer('Publish', xml({ MessageId: '1' }));
  }
}

function assumedRole(): ServiceResponse {
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  return queryAnswer('AssumeRole', `<Credentials>${xml({ ...SESSION, Expiration })}</Credentials>`);
}

const json = (status: number, body: string, headers: Record<string, string> = {}): ServiceResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'request', ...headers },
  body,
});
