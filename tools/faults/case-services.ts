/** The AWS services of a case, with its faults, and with checks of what they are asked to write. */
import { withFaults } from '../../local/fake-aws/faults/faults';
import { iamService } from '../../local/fake-aws/iam-service';
import { type SigningKey, kmsService } from '../../local/fake-aws/kms/kms-service';
import { organizationsService } from '../../local/fake-aws/organizations-service';
import { placeOf } from '../../local/fake-aws/s3/place';
import type { Services } from '../../local/fake-aws/server';
import { statesService } from '../../local/fake-aws/states-service';
import { stsService } from '../../local/fake-aws/sts-service';
import { withCheckedWrites } from './check-writes';
import { deliveryIdOf } from './deliveries';
import type { TracedHit } from './faulty-run';
import type { Simulation } from './simulation';

interface FaultsOfRun {
  faulty: boolean;
  /** Gets the calls that faults hit. */
  hits: TracedHit[];
  signingKey: SigningKey;
}

export function caseServices(simulation: Simulation, { faulty, hits, signingKey }: FaultsOfRun): Services {
  const { organization, bucket, issued, broken, deliveries, executions, props } = simulation;
  const reportsExpireAfter = faulty ? props.reportsExpireAfter : Infinity;
  return withFaults({
    services: {
      organizations: organizationsService(organization),
      sts: stsService(organization),
      iam: issued.recording(iamService(organization), reportsExpireAfter),
      states: statesService((arn) => executions.get(arn)),
      kms: kmsService({ keys: [signingKey] }),
      s3: withCheckedWrites({ bucket, issued, deliveries, broken }),
    },
    faults: faulty ? props.faults : [],
    organization,
    onHit: ({ request, ...hit }) =>
      hits.push({
        ...hit,
        key: hit.name.startsWith('s3:') ? placeOf(request.url.pathname).key : '',
        delivery: deliveries[deliveryIdOf(request.headers)],
      }),
  });
}
