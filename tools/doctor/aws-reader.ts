import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { defaultEnabledRegion } from '../../constructs/partition';
import { refusePages } from '../../handlers/shared/aws/unexpected-answer';
import type { AwsConfiguration } from '../../local/aws-configuration/aws-configuration';
import {
  type CallName,
  type ClientConfiguration,
  type InputOf,
  type OutputOf,
  calls,
  permissionOf,
} from './calls';

/** AWS refused a call: the caller may not see what it asked for. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';

  constructor(
    /** The IAM action that is missing. */
    readonly permission: string,
    cause: unknown,
  ) {
    super(`not allowed to call ${permission}`, { cause });
  }
}

/** Errors that say that something does not exist, whatever a service calls it. */
const ABSENT = /NotFound|DoesNotExist|NoSuch(?!Bucket$)|NonExistent|NotInUse/;

/** S3 answers `MethodNotAllowed` to another account that asks for the policy of a bucket. */
const DENIED = /AccessDenied|AuthorizationError|UnauthorizedOperation|^Forbidden$|^MethodNotAllowed$/;

/** Reads from AWS, each thing once, with the calls of `calls.ts` alone. */
export class AwsReader {
  private readonly clients = new Map<string, { send: (command: unknown) => Promise<object> }>();
  private readonly answers = new Map<string, Promise<object>>();

  /** @param region - Region of the environment */
  constructor(
    private readonly client: AwsConfiguration['client'],
    private readonly region: string,
  ) {}

  /** The same with other credentials. */
  as(credentials: AwsCredentialIdentityProvider): AwsReader {
    return new AwsReader({ ...this.client, credentials }, this.region);
  }

  /** @throws NotAllowed, or the error of the SDK */
  get<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const key = `${name} ${JSON.stringify(input)}`;
    const answer = this.answers.get(key) ?? this.send(name, input);
    this.answers.set(key, answer);
    return answer as Promise<OutputOf<Name>>;
  }

  /** The answer, or nothing if what was asked for does not exist. */
  async find<Name extends CallName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name> | undefined> {
    try {
      return await this.get(name, input);
    } catch (error) {
      if (error instanceof Error && ABSENT.test(error.name)) return undefined;
      throw error;
    }
  }

  /** Every page of a list, by the field that continues it. */
  async pages<Name extends CallName>(
    name: Name,
    input: InputOf<Name>,
    token: keyof InputOf<Name> & string,
    next: string = token,
  ): Promise<OutputOf<Name>[]> {
    const pages: OutputOf<Name>[] = [];
    let more: unknown;
    do {
      const page = await this.get(name, more === undefined ? input : { ...input, [token]: more });
      pages.push(page);
      more = (page as Record<string, unknown>)[next] ?? undefined;
    } while (more !== undefined);
    return pages;
  }

  private async send(name: CallName, input: object): Promise<object> {
    const { commandOf } = calls[name];
    try {
      return await this.clientOf(name).send(commandOf(input as never));
    } catch (error) {
      throw isDenied(error) ? new NotAllowed(permissionOf(name), error) : error;
    }
  }

  private clientOf(name: CallName) {
    const { Client } = calls[name];
    const [service = ''] = name.split(':');
    const known = this.clients.get(service);
    if (known) return known;
    const configuration: ClientConfiguration & { followRegionRedirects: boolean } = {
      ...this.client,
      region: this.regionOf(service),
      // A bucket for the state, and an existing one, may be elsewhere.
      followRegionRedirects: true,
    };
    const client = new Client(configuration);
    if (service !== 's3') refusePages(client as unknown as Parameters<typeof refusePages>[0]);
    const sender = client as unknown as { send: (command: unknown) => Promise<object> };
    this.clients.set(service, sender);
    return sender;
  }

  /** StackSets and STS are called where every account has them. */
  private regionOf(service: string): string {
    return ['cloudformation', 'sts', 'account'].includes(service)
      ? defaultEnabledRegion(this.region)
      : this.region;
  }
}

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A response to HEAD has no body that would name the error. */
function isDenied(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, $metadata } = error as SdkError;
  const isNameless = !/^[A-Z][A-Za-z]+$/.test(name) || name === 'Unknown' || name === 'UnknownError';
  return DENIED.test(name) || (isNameless && $metadata?.httpStatusCode === 403);
}
