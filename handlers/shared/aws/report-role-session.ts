import { AsyncLocalStorage } from 'node:async_hooks';
import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type {
  AwsCredentialIdentity,
  HttpHandlerOptions,
  RetryErrorInfo,
  RetryStrategyV2,
  StandardRetryToken,
} from '@smithy/types';

export interface ReportRole {
  partition: string;
  name: string;
  /**
   * Account that is read with the collector's own credentials.
   * @default - none: the report role is assumed in every account
   */
  ownAccount?: string | undefined;
}

/** IAM as the report role of one account. */
export type AccountIam = Pick<IAMClient, 'send'>;

/** What has to be left of a session that is used for another look, ms: the timeout of a function. */
export const POLL_TIMEOUT = 300_000;

/**
 * Throttling by IAM is waited out by the state machine, which costs nothing while it waits, and not by a
 * function that is paid for; other errors are tried again at once.
 */
class NoWaitingForCapacity extends StandardRetryStrategy implements RetryStrategyV2 {
  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    error: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (error.errorType === 'THROTTLING') throw error.error ?? new Error('throttled');
    return super.refreshRetryTokenForRetry(token, error);
  }
}

/**
 * Whether IAM refused who called: the session was revoked, its role made anew or its permissions changed. Another
 * look needs another session (https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html).
 */
const isRefusal = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403;

/**
 * Acts as the report role of accounts. One client serves them all, since making a client costs more than the
 * calls that an account needs; each call is signed with the session of the account that it is for.
 */
export class ReportRoleSession {
  private readonly session = new AsyncLocalStorage<AwsCredentialIdentity>();
  /** Sessions for later looks at the same accounts, the oldest first. */
  private readonly kept = new Map<string, AwsCredentialIdentity>();
  private readonly assumed: IAMClient;
  private readonly own: IAMClient;

  constructor(
    private readonly sts: STSClient,
    private readonly role: ReportRole,
    requestHandler: IAMClientConfig['requestHandler'],
  ) {
    const shared = { requestHandler, retryStrategy: new NoWaitingForCapacity(3) };
    this.own = new IAMClient(shared);
    this.assumed = new IAMClient({
      ...shared,
      // Without `memoized` the SDK would keep the session of the first account and sign every call with it.
      credentials: Object.assign(() => Promise.resolve(this.current()), { memoized: true }),
    });
  }

  async iam(account: string, options: HttpHandlerOptions): Promise<AccountIam> {
    if (account === this.role.ownAccount) return this.own;
    const credentials = this.keptSession(account) ?? (await this.newSession(account, options));
    const send = this.assumed.send.bind(this.assumed) as (...call: unknown[]) => Promise<unknown>;
    const inSession = async (...call: unknown[]) => {
      try {
        return await this.session.run(credentials, () => send(...call));
      } catch (error) {
        if (isRefusal(error) && this.kept.get(account) === credentials) this.kept.delete(account);
        throw error;
      }
    };
    return { send: inSession as IAMClient['send'] };
  }

  private keptSession(account: string): AwsCredentialIdentity | undefined {
    const endOfLook = Date.now() + POLL_TIMEOUT;
    for (const [oldest, { expiration }] of this.kept) {
      if (expiration && expiration.getTime() > endOfLook) break;
      this.kept.delete(oldest);
    }
    return this.kept.get(account);
  }

  private async newSession(account: string, options: HttpHandlerOptions): Promise<AwsCredentialIdentity> {
    const { Credentials } = await this.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${this.role.partition}:iam::${account}:role/${this.role.name}`,
        RoleSessionName: 'iam-credential-reports',
        // The shortest that STS gives.
        DurationSeconds: 900,
      }),
      options,
    );
    const session = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
      ...(Credentials?.Expiration && { expiration: Credentials.Expiration }),
    };
    this.kept.set(account, session);
    return session;
  }

  private current(): AwsCredentialIdentity {
    const session = this.session.getStore();
    if (!session) throw new Error('IAM was called outside of the session of an account');
    return session;
  }
}
