/** What came instead of an answer of AWS, from a proxy, a firewall or a sign-in page. */
import type { Client, DeserializeMiddleware, MetadataBearer } from '@smithy/types';
import { excerptOf } from '../excerpt';

/** The response is not an answer of the service, although it arrived: another attempt may get one. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** The SDK clients try again, as after a 503. */
  readonly $retryable = {};
  readonly $metadata: { httpStatusCode?: number };

  constructor(message: string, httpStatusCode?: number) {
    super(message);
    this.$metadata = httpStatusCode === undefined ? {} : { httpStatusCode };
  }
}

interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

/** Without it, the SDK reads a page that is well-formed XML as an answer in which every field is missing. */
const refusePage: DeserializeMiddleware<object, MetadataBearer> = (next) => async (args) => {
  const result = await next(args);
  const { statusCode, headers, body } = result.response as HttpAnswer;
  if (!headers['content-type']?.startsWith('text/html')) return result;
  throw new UnexpectedAnswer(
    `a page arrived instead of an answer of AWS, with status ${statusCode}: ${excerptOf(await beginningOf(body))}`,
    statusCode,
  );
};

/** The first bytes of a body as text; the rest is not read. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  for await (const piece of body) return Buffer.from(piece).toString();
  return '';
}

/** Makes the calls of a client throw {@link UnexpectedAnswer} for a page of HTML. Not for S3, which stores pages. */
export function refusePages<Input extends object, Output extends MetadataBearer>(
  client: Pick<Client<Input, Output, unknown>, 'middlewareStack'>,
): void {
  client.middlewareStack.add(refusePage as unknown as DeserializeMiddleware<Input, Output>, {
    step: 'deserialize',
    // After the other middleware of the step, which reads the response: it gets the response from this one.
    priority: 'low',
    name: 'refusePage',
    override: true,
  });
}
