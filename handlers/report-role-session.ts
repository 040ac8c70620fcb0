import { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { StandardRetryStrategy } from '@smithy/core/retry';
import type { HttpHandlerOptions, RetryErrorInfo, RetryStrategyV2, StandardRetryToken } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

export interface ReportRole {
  partition: string;
  name: string;
  /**
   * Account that is read with the collector's own credentials.
   * @default - none: the report role is assumed in every account
   */
  ownAccount?: string | undefined;
}

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

/** Makes clients that act as the report role of an account; all of them share one pool of connections. */
export class ReportRoleSession {
  constructor(
    private readonly sts: STSClient,
    private readonly role: ReportRole,
    private readonly connections: NodeHttpHandler,
  ) {}

  async iam(account: string, options: HttpHandlerOptions): Promise<IAMClient> {
    const shared = { requestHandler: this.connections, retryStrategy: new NoWaitingForCapacity(3) };
    if (account === this.role.ownAccount) return new IAMClient(shared);
    const { Credentials } = await this.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${this.role.partition}:iam::${account}:role/${this.role.name}`,
        RoleSessionName: 'iam-credential-reports',
        // The shortest that STS gives: a session serves one look.
        DurationSeconds: 900,
      }),
      options,
    );
    return new IAMClient({
      ...shared,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
  }
}
