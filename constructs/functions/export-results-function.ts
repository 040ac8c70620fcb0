import type { Construct } from 'constructs';
import { exportResultsSettings } from '../../handlers/export-results/settings';
import { keyPatterns } from '../../handlers/shared/bucket-layout';
import { writeSettings } from '../../handlers/shared/settings';
import type { Deployment } from '../deployment';
import type { EventBus } from '../exports/event-bus';
import type { ReportBucketReference } from '../storage/bucket-access';
import { bucketSettingsOf, onObjects } from '../storage/bucket-statements';
import { HandlerFunction } from './handler-function';

/** Options of {@link ExportResultsFunction}. */
export interface ExportResultsFunctionProps {
  readonly deployment: Deployment;
  readonly bucket: ReportBucketReference;
  /**
   * Bus that gets events.
   * @default - no events are sent
   */
  readonly eventBus?: EventBus | undefined;
  /** Whether findings are written in the format of OCSF. */
  readonly ocsf: boolean;
  readonly logRetentionDays: number;
  readonly operationsKeyArn?: string | undefined;
}

/** Hands a finished run to other systems: events, and the findings in the format of OCSF. */
export class ExportResultsFunction extends HandlerFunction {
  constructor(
    scope: Construct,
    id: string,
    { deployment, bucket, eventBus, ocsf, ...logging }: ExportResultsFunctionProps,
  ) {
    const { environment, partition } = deployment;
    const { changesOfRuns, findingsOfRuns, exports } = keyPatterns;
    const read = [keyPatterns.manifests(environment), ...(ocsf ? [findingsOfRuns, exports] : [])];
    super(scope, id, {
      deployment,
      bucket,
      handler: 'export-results',
      ...logging,
      timeoutSeconds: 300,
      // One vCPU: it parses and serializes for most of its time.
      memoryMb: 1769,
      variables: writeSettings(exportResultsSettings, {
        ...bucketSettingsOf(bucket),
        environment,
        partition,
        eventBus: eventBus?.arn ?? '',
        ocsf: ocsf ? 'true' : '',
      }),
      statements: eventBus ? [eventBus.senderStatement] : [],
      bucketStatements: [
        onObjects(bucket, 'ReadResults', 's3:GetObject', read),
        ...(eventBus ? [onObjects(bucket, 'ReadChanges', 's3:GetObject', [changesOfRuns])] : []),
        ...(ocsf
          ? [
              onObjects(bucket, 'WriteExports', 's3:PutObject', [exports]),
              onObjects(bucket, 'AbortUploads', 's3:AbortMultipartUpload', [exports]),
            ]
          : []),
      ],
    });
  }
}
