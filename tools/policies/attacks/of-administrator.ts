import type { EnforcedEnvironment } from '../environments';
import { accountOf } from '../requests';
import { concrete, keyOf } from './statement-calls';
import { type Attack, everything } from './targets';

/** An administrator of the collecting account tries everything that the policies of bucket and key allow other roles. */
export function administratorAttacks(environment: EnforcedEnvironment): Attack[] {
  const { deployed, account, bucket } = environment;
  return ['report-bucket/policy', 'report-key/policy', 'signing-key/key'].flatMap((document) =>
    (deployed.documents.get(document)?.Statement ?? []).flatMap((statement) =>
      statement.Effect === 'Deny' || statement.Sid === 'IamPoliciesOfTheAccount'
        ? []
        : concrete(statement).map(({ action, resource, context }) => ({
            title: `another role of the collecting account uses ${statement.Sid}`,
            principal: `arn:aws:iam::${account}:role/Administrator`,
            permissions: everything,
            action,
            resource: keyOf(document, environment) ?? resource,
            account: document === 'signing-key/key' ? accountOf(environment.signingKeyArn) : bucket.account,
            context,
          })),
    ),
  );
}
