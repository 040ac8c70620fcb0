import { keys } from '../../handlers/shared/bucket-layout';
import { type RunSettings, wantedTags } from '../../handlers/shared/events';
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import type { ReportBucketReference } from '../storage/bucket-access';
import { onListing, onObjects } from '../storage/bucket-statements';

interface OwnerAccessProps {
  readonly bucket: ReportBucketReference;
  readonly deployment: Deployment;
  readonly organizationId: string;
  /** Whether a delegated administrator collects: for the tags of all accounts, AWS answers the management account only. */
  readonly isDelegated: boolean;
}

/** What `list-accounts` may do to read owners: only what the settings ask for, and nothing in other accounts. */
export function ownerAccess(
  settings: Pick<RunSettings, 'owners' | 'checks'>,
  { bucket, deployment, organizationId, isDelegated }: OwnerAccessProps,
): { statements: Statement[]; bucketStatements: Statement[] } {
  const { file = false, unitNames = false } = settings.owners ?? {};
  const directory = keys.directory(deployment.environment);
  const readsTags = wantedTags(settings).length > 0;
  // The management account, whose ID is in these ARNs, is not known at plan time.
  const ofOrganization = (kind: string) =>
    `arn:${deployment.partition}:organizations::*:${kind}/${organizationId}/*`;
  return {
    statements: [
      ...(readsTags && !isDelegated
        ? [
            {
              Sid: 'ReadTags',
              Effect: 'Allow' as const,
              Action: 'tag:GetResources',
              // The action does not support resource-level permissions.
              Resource: '*',
            },
          ]
        : []),
      ...(readsTags
        ? [
            {
              Sid: 'ReadTagsOneByOne',
              Effect: 'Allow' as const,
              Action: 'organizations:ListTagsForResource',
              Resource: ofOrganization('account'),
            },
          ]
        : []),
      ...(unitNames
        ? [
            {
              Sid: 'ReadUnitNames',
              Effect: 'Allow' as const,
              Action: 'organizations:ListOrganizationalUnitsForParent',
              Resource: [ofOrganization('root'), ofOrganization('ou')],
            },
          ]
        : []),
    ],
    bucketStatements: [
      ...(readsTags || unitNames
        ? [
            onObjects(bucket, 'KeepDirectory', ['s3:GetObject', 's3:PutObject'], [directory]),
            onListing(bucket, 'FindDirectory', directory),
          ]
        : []),
      ...(file
        ? [
            onObjects(bucket, 'ReadOwnersFile', 's3:GetObject', [keys.ownersFile]),
            onListing(bucket, 'FindOwnersFile', keys.ownersFile),
          ]
        : []),
    ],
  };
}
