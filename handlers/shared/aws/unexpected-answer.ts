/** What came instead of an answer of AWS, from a proxy, a firewall or a sign-in page. */
import { Readable } from 'node:stream';
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
  const response = result.response as HttpAnswer;
  if (!response.headers['content-type']?.startsWith('text/html')) return result;
  const pieces = response.body[Symbol.asyncIterator]();
  const first = await pieces.next();
  const beginning = first.done ? '' : Buffer.from(first.value).toString();
  if (isAnswer(beginning)) {
    response.body = Readable.from(continued(first, pieces));
    return result;
  }
  // The rest is not read.
  await pieces.return?.();
  throw new UnexpectedAnswer(
    `a page arrived instead of an answer of AWS, with status ${response.statusCode}: ${excerptOf(beginning)}`,
    response.statusCode,
  );
};

/** JSON, or a response of the query protocol. Emulators call these HTML too. */
const isAnswer = (beginning: string) => /^\s*(\{|(<\?xml[^>]*>\s*)?<\w+Response\b)/.test(beginning);

async function* continued(
  first: IteratorResult<Uint8Array, unknown>,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; !piece.done; piece = await pieces.next()) yield piece.value;
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
