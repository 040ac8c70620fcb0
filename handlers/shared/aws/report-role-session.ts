import { AsyncLocalStorage } from 'node:async_hooks';
import { IAMClient, type IAMClientConfig } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type {
  AwsCredentialIdentity,
  RetryErrorInfo,
  RetryStrategyV2,
  StandardRetryToken,
} from '@smithy/types';
import { REPORT_ROLE_ACTIONS, SERVICE_CREDENTIALS_ACTION } from '../report-role-actions';
import { UnexpectedAnswer, refusePages } from './unexpected-answer';
import { endWithWork } from './work-signal';

/** The role that is assumed in every account. */
export interface ReportRole {
  partition: string;
  name: string;
}

/** How the client of IAM sends requests, and whether it retries them. */
export type IamOptions = Pick<IAMClientConfig, 'requestHandler' | 'retryStrategy'>;

/** IAM as the report role of one account. */
export interface AccountIam extends Pick<IAMClient, 'send'> {
  /** Makes the next call for the account assume the role again; absent if this one did so. */
  readonly dropSession?: () => void;
}

/** Time that a session must still be valid to be used for another poll, ms: the timeout of `collect-reports`. */
export const MIN_SESSION_TIME = 300_000;

/** The shortest session that STS gives, s (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). */
const SESSION_SECONDS = 900;

/**
 * A session can do what both this and the role allow. So a role with more rights, such as an administrator's, gives no more,
 * to this code or to whoever gets hold of a session. It has up to 180 of the 2,048 characters that STS accepts
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
 */
const sessionPolicy = ({ serviceCredentials }: SessionScope) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [...REPORT_ROLE_ACTIONS, ...(serviceCredentials ? [SERVICE_CREDENTIALS_ACTION] : [])],
        Resource: '*',
      },
    ],
  });

/** What a session may do. */
export interface SessionScope {
  /** Whether it may list service-specific credentials, besides requesting and reading the report. */
  readonly serviceCredentials: boolean;
}

const REPORT_ONLY: SessionScope = { serviceCredentials: false };

/** Attempts per call to IAM. */
export const IAM_ATTEMPTS = 3;

/**
 * When IAM throttles, the state machine waits, which is free, and not the function, which is billed by duration. Other
 * errors are retried at once.
 */
export class NoRetryWhenThrottled extends StandardRetryStrategy implements RetryStrategyV2 {
  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    error: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (error.errorType === 'THROTTLING') throw error.error ?? new Error('throttled');
    return super.refreshRetryTokenForRetry(token, error);
  }
}

/**
 * Whether IAM rejected the caller: the session was revoked, or the role or its permissions have changed. Another poll
 * needs a new session (https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html).
 */
const isForbidden = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403;

/**
 * Acts as the report role of each account. One client serves all accounts, because creating a client costs more than the
 * calls for an account; each call is signed with the session of its own account.
 */
export class ReportRoleSession {
  private readonly session = new AsyncLocalStorage<AwsCredentialIdentity>();
  /** Sessions for later polls of the same accounts, oldest first. */
  private readonly cached = new Map<string, AwsCredentialIdentity>();
  private readonly client: IAMClient;

  constructor(
    private readonly sts: STSClient,
    private readonly role: ReportRole,
    { requestHandler, retryStrategy = new NoRetryWhenThrottled(IAM_ATTEMPTS) }: IamOptions,
  ) {
    this.client = new IAMClient({
      // What the cached middleware shares between calls, it does not sign with: each call asks for `credentials` again.
      cacheMiddleware: true,
      requestHandler,
      retryStrategy,
      // Without `memoized` the SDK would keep the session of the first account and sign every call with it.
      credentials: Object.assign(() => Promise.resolve(this.current()), { memoized: true }),
    });
    for (const client of [sts, this.client]) {
      refusePages(client);
      endWithWork(client);
    }
  }

  async iam(account: string, scope: SessionScope = REPORT_ONLY): Promise<AccountIam> {
    const Policy = sessionPolicy(scope);
    const cacheKey = `${account} ${Policy}`;
    const cached = this.cachedSession(cacheKey);
    const credentials = cached ?? (await this.newSession(account, Policy));
    if (!cached) this.cached.set(cacheKey, credentials);
    const dropSession = () => {
      if (this.cached.get(cacheKey) === credentials) this.cached.delete(cacheKey);
    };
    const send = this.client.send.bind(this.client) as (...call: unknown[]) => Promise<unknown>;
    const inSession = async (...call: unknown[]) => {
      try {
        return await this.session.run(credentials, () => send(...call));
      } catch (error) {
        if (isForbidden(error)) dropSession();
        throw error;
      }
    };
    return { send: inSession as IAMClient['send'], ...(cached && { dropSession }) };
  }

  private cachedSession(cacheKey: string): AwsCredentialIdentity | undefined {
    const validUntil = Date.now() + MIN_SESSION_TIME;
    for (const [oldest, { expiration }] of this.cached) {
      if (expiration && expiration.getTime() > validUntil) break;
      this.cached.delete(oldest);
    }
    return this.cached.get(cacheKey);
  }

  private async newSession(account: string, Policy: string): Promise<AwsCredentialIdentity> {
    const { Credentials } = await this.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${this.role.partition}:iam::${account}:role/${this.role.name}`,
        RoleSessionName: 'iam-credential-reports',
        DurationSeconds: SESSION_SECONDS,
        Policy,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new UnexpectedAnswer('STS answered without credentials');
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      // The access keys of an IAM user, with which a local run reads the user's own account, have no token.
      ...(SessionToken && { sessionToken: SessionToken }),
      ...(Expiration && { expiration: Expiration }),
    };
  }

  private current(): AwsCredentialIdentity {
    const session = this.session.getStore();
    if (!session) throw new Error('IAM was called outside the session of an account');
    return session;
  }
}
