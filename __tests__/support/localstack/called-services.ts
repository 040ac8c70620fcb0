/** What LocalStack's states call: Lambda and SNS, answered by the integrations of the run, and STS for the role of the machine. */
import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { FunctionError } from '../../../local/engine/lambda';
import type { Integrations } from '../../../local/engine/workflow';
import { invokedFunction } from '../../../local/fake-aws/lambda-service';
import { queryAnswer, type ServiceResponse, xml } from '../../../local/fake-aws/service';

const SESSION = { AccessKeyId: 'session', SecretAccessKey: 'test', SessionToken: 'test' };

export class CalledServices {
  /** Those of the execution that runs. */
  integrations: Integrations | undefined;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on('request', (incoming, outgoing) => {
      void this.answer(incoming).then(({ status, headers, body }) => {
        outgoing.writeHead(status, headers).end(body);
      });
    });
  }

  static async start(): Promise<CalledServices> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CalledServices(server, (server.address() as AddressInfo).port);
  }

  private async answer(incoming: IncomingMessage): Promise<ServiceResponse> {
    const body = (await buffer(incoming)).toString();
    const name = invokedFunction(incoming.url ?? '');
    if (name !== undefined) return this.invoke(name, JSON.parse(body));
    const parameters = new URLSearchParams(body);
    const action = parameters.get('Action') ?? '';
    if (action === 'AssumeRole') {
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      return queryAnswer(action, `<Credentials>${xml({ ...SESSION, Expiration })}</Credentials>`);
    }
    if (action === 'Publish') return this.publish(parameters);
    return { status: 501, body: `${incoming.url} is not supported` };
  }

  private async invoke(FunctionName: string, Payload: unknown): Promise<ServiceResponse> {
    try {
      const result = await this.integrations!['lambda:invoke']({ FunctionName, Payload });
      return json(200, result.Payload);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const { name, message } = error;
      const [, code] = /^Lambda\.(\w+Exception)$/.exec(name) ?? [];
      // AWS Lambda itself refuses the invocation.
      if (code !== undefined) return json(429, { message }, { 'x-amzn-errortype': code });
      // AWS Lambda answers 200 for a function that failed; the header tells.
      const failed = { 'x-amz-function-error': 'Unhandled' };
      return json(200, isJson(message) ? JSON.parse(message) : { errorType: name, errorMessage: message }, failed);
    }
  }

  private async publish(parameters: URLSearchParams): Promise<ServiceResponse> {
    const [TopicArn, Subject, Message] = ['TopicArn', 'Subject', 'Message'].map((name) => parameters.get(name) ?? '');
    await this.integrations!['sns:publish']({ TopicArn: TopicArn!, Subject: Subject!, Message: Message! });
    return queryAnswer('Publish', xml({ MessageId: '1' }));
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): ServiceResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'request', ...headers },
  body: JSON.stringify(value),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
