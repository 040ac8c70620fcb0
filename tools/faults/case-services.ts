/** The AWS services of a case, with its faults, and with checks of what they are asked to write. */
import { withFaults } from '../../local/fake-aws/faults/faults';
import { iamService } from '../../local/fake-aws/iam-service';
import { type SigningKey, kmsService } from '../../local/fake-aws/kms/kms-service';
import { organizationsService } from '../../local/fake-aws/organizations-service';
import type { EmbeddedOrganization } from '../../local/fake-aws/organization/organization';
import { keyIn } from '../../local/fake-aws/s3/place';
import type { Services } from '../../local/fake-aws/server';
import { type Execution, statesService } from '../../local/fake-aws/states-service';
import { SessionPolicies } from '../../local/fake-aws/session-policies';
import { stsService } from '../../local/fake-aws/sts-service';
import type { BrokenRule } from './broken-rule';
import { withCheckedWrites } from './check-writes';
import { type Delivery, deliveryIdOf } from './deliveries';
import type { FaultCase } from './fault-case';
import type { TracedHit } from './faulty-run';
import type { IssuedReports } from './issued-reports';
import type { StoredBucket } from './stored-bucket';

/** What the services of a case share with its runs. */
export interface CaseState {
  organization: EmbeddedOrganization;
  bucket: StoredBucket;
  issued: IssuedReports;
  /** Gets the rules that a write to the bucket broke. */
  broken: BrokenRule[];
  deliveries: Delivery[];
  /** Every execution so far, by its ARN. */
  executions: ReadonlyMap<string, Execution>;
  props: FaultCase;
}

interface FaultsOfRun {
  faulty: boolean;
  /** Gets the calls that faults hit. */
  hits: TracedHit[];
  signingKey: SigningKey;
}

export function caseServices(state: CaseState, { faulty, hits, signingKey }: FaultsOfRun): Services {
  const { organization, bucket, issued, broken, deliveries, executions, props } = state;
  const reportsExpireAfter = faulty ? props.reportsExpireAfter : Infinity;
  const policies = new SessionPolicies();
  return withFaults({
    services: {
      organizations: organizationsService(organization),
      sts: stsService(organization, policies),
      iam: issued.recording(iamService(organization, policies), reportsExpireAfter),
      states: statesService((arn) => executions.get(arn)),
      kms: kmsService({ keys: [signingKey] }),
      s3: withCheckedWrites({ bucket, issued, deliveries, broken }),
    },
    faults: faulty ? props.faults : [],
    organization,
    onHit: ({ request, ...hit }) =>
      hits.push({
        ...hit,
        key: hit.name.startsWith('s3:') ? keyIn(request.url) : '',
        delivery: deliveries[deliveryIdOf(request.headers)],
      }),
  });
}
