import { prefixes } from '../../../handlers/shared/bucket-layout';
import type { EnforcedEnvironment } from '../environments';
import { type Attack, everything } from './targets';

/** An administrator of the collecting account tries everything that the policies of bucket and key allow other roles. */
export function administratorAttacks({ deployed, account, bucket }: EnforcedEnvironment): Attack[] {
  return ['report-bucket/policy', 'report-key/policy'].flatMap((document) =>
    (deployed.documents.get(document)?.Statement ?? []).flatMap(({ Sid, Effect, Action, Resource = [] }) =>
      Effect === 'Deny' || Sid === 'IamPoliciesOfTheAccount'
        ? []
        : [Action].flat().map((action) => ({
            title: `another role of the collecting account uses ${Sid}`,
            principal: `arn:aws:iam::${account}:role/Administrator`,
            permissions: everything,
            action,
            resource:
              document === 'report-key/policy'
                ? String(bucket.keyArn)
                : String([Resource].flat()[0]).replaceAll('*', 'x'),
            account: bucket.account,
            context: { 's3:prefix': prefixes.runs, 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          })),
    ),
  );
}
