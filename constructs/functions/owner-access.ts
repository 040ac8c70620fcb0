import { keys } from '../../handlers/shared/bucket-layout';
import { type RunSettings, wantedTags } from '../../handlers/shared/events';
import type { Statement } from '../policy';
import type { ReportBucketReference } from '../storage/bucket-access';
import { onListing, onObjects } from '../storage/bucket-statements';

interface OwnerAccessProps {
  readonly bucket: ReportBucketReference;
  readonly environment: string;
  /** Whether a delegated administrator collects: for the tags of all accounts, AWS answers the management account only. */
  readonly isDelegated: boolean;
}

/** What `list-accounts` may do to read owners: only what the settings ask for, and nothing in other accounts. */
export function ownerAccess(
  settings: Pick<RunSettings, 'owners' | 'checks'>,
  { bucket, environment, isDelegated }: OwnerAccessProps,
): { statements: Statement[]; bucketStatements: Statement[] } {
  const { file = false, unitNames = false } = settings.owners ?? {};
  const directory = keys.directory(environment);
  const readsTags = wantedTags(settings).length > 0;
  // None of these actions needs a resource: what they are about is known only at run time.
  const all = { Effect: 'Allow', Resource: '*' } as const;
  return {
    statements: [
      ...(readsTags && !isDelegated ? [{ ...all, Sid: 'ReadTags', Action: 'tag:GetResources' }] : []),
      ...(readsTags
        ? [{ ...all, Sid: 'ReadTagsOneByOne', Action: 'organizations:ListTagsForResource' }]
        : []),
      ...(unitNames
        ? [{ ...all, Sid: 'ReadUnitNames', Action: 'organizations:ListOrganizationalUnitsForParent' }]
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
