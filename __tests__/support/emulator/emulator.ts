import { FunctionError, type Lambda } from '../../../local/engine/lambda';
import { invokedFunction } from '../../../local/fake-aws/lambda-service';
import type { Caller } from './aws-cli';
import { type Answer, Front, type Gap, type Request, json, queryOf, signerOf } from './front';
import { gapsOfMoto } from './gaps';
import { Moto } from './moto';

/** moto takes whom it does not know for someone of its first account, which is the management account here. */
const MANAGEMENT_ACCOUNT = '123456789012';

/** Access key with which the engine of moto calls other services. */
const ENGINE = 'ak';

/** AWS for one test: moto with its engine of state machines, and the functions as they are deployed. */
export class Emulator {
  /** Runs the functions; set once they are deployed. */
  lambda: Lambda | undefined;
  /** Account of the state machine. */
  account = MANAGEMENT_ACCOUNT;
  /** What the state machine sent to topics. */
  readonly published: { subject: string; message: string }[] = [];

  private constructor(
    private readonly front: Front,
    private readonly moto: Moto,
  ) {
    this.fill(
      ...gapsOfMoto(),
      { before: (request) => this.invoked(request) },
      { before: (request) => this.told(request) },
      { before: (request) => this.noted(request) },
    );
  }

  static async start(): Promise<Emulator> {
    const front = await Front.start();
    try {
      const moto = await Moto.start(front.port);
      front.moto = moto.url;
      const engine = { stepfunctions: { execute_state_machine: true }, lambda: { use_docker: false } };
      await fetch(`${moto.url}/moto-api/config`, { method: 'POST', body: JSON.stringify(engine) });
      return new Emulator(front, moto);
    } catch (error) {
      await front.stop();
      throw error;
    }
  }

  /** Someone of the management account who may do everything. */
  administrator(region: string): Caller {
    const url = `http://127.0.0.1:${this.front.port}`;
    return { url, region, accessKeyId: 'administrator', secretAccessKey: 'test' };
  }

  fill(...gaps: Gap[]): void {
    this.front.gaps.push(...gaps);
  }

  /** Sees every request as it comes, before any gap is filled. */
  watch(gap: Gap): void {
    this.front.gaps.unshift(gap);
  }

  /** Ends what {@link watch} began. */
  forget(gap: Gap): void {
    this.front.gaps.splice(this.front.gaps.indexOf(gap), 1);
  }

  async stop(): Promise<void> {
    await this.lambda?.stop();
    await this.front.stop();
    await this.moto.stop();
  }

  /** moto runs functions in containers only. */
  private async invoked({ path, body }: Request): Promise<Answer | undefined> {
    const name = invokedFunction(path);
    if (name === undefined || !this.lambda) return undefined;
    try {
      return json(await this.lambda.invoke(name, JSON.parse(body.toString())));
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      // AWS Lambda answers 200 for a function that failed; the header tells.
      return { ...json(undefined, 200, { 'x-amz-function-error': 'Unhandled' }), body: error.message };
    }
  }

  /**
   * To moto its engine is a stranger, and a delegated administrator has no organization; a header says whom to
   * take them for.
   */
  private told(request: Request): Answer | undefined {
    const { headers } = request;
    const signer = signerOf(request);
    if (signer?.accessKey === ENGINE) headers['x-moto-account-id'] = this.account;
    if (signer?.service === 'organizations') headers['x-moto-account-id'] = MANAGEMENT_ACCOUNT;
    return undefined;
  }

  private noted(request: Request): Answer | undefined {
    const query = queryOf(request);
    if (query.get('Action') === 'Publish')
      this.published.push({ subject: query.get('Subject') ?? '', message: query.get('Message') ?? '' });
    return undefined;
  }
}
