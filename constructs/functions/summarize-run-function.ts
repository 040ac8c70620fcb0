import type { Construct } from 'constructs';
import { writeSettings } from '../../handlers/shared/settings';
import { summarizeRunSettings } from '../../handlers/summarize-run/settings';
import type { Deployment } from '../deployment';
import type { ReportBucketReference } from '../storage/bucket-access';
import { bucketSettingsOf } from '../storage/bucket-statements';
import type { SigningKey } from '../storage/signing-key';
import { HandlerFunction } from './handler-function';
import { summarizeRunAccess } from './summarize-run-access';

/** Options of {@link SummarizeRunFunction}. */
export interface SummarizeRunFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  readonly organizationId: string;
  /** Whether it reads the service-specific credentials of the accounts too. */
  readonly serviceCredentials: boolean;
  readonly logRetentionDays: number;
  readonly operationsKeyArn?: string | undefined;
  /**
   * Key that signs manifests.
   * @default - manifests are not signed
   */
  readonly signingKey?: SigningKey | undefined;
}

/** Reports the coverage, findings and changes of a run: manifest, tables, page and digest. */
export class SummarizeRunFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    {
      deployment,
      bucket,
      organizationId,
      serviceCredentials,
      signingKey,
      ...logging
    }: SummarizeRunFunctionProps,
  ) {
    super(scope, id, {
      deployment,
      bucket,
      handler: 'summarize-run',
      ...logging,
      timeoutSeconds: 900,
      // 1,769 MB have one vCPU (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). The function computes more
      // than it waits, and V8 spends a third of that on threads of its own, so a second vCPU helps. New AWS accounts may have no more
      // than this (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
      memoryMb: 3008,
      variables: writeSettings(summarizeRunSettings, {
        ...bucketSettingsOf(bucket),
        environment: deployment.environment,
        partition: deployment.partition,
        organizationId,
        accountId: deployment.accountId,
        region: deployment.region,
        retentionDays: bucket.retentionDays ?? '',
        signingKey: signingKey?.arn ?? '',
      }),
      statements: signingKey?.signerStatements ?? [],
      bucketStatements: summarizeRunAccess(bucket, deployment.environment, { serviceCredentials }),
    });
  }
}
