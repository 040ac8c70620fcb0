import { plainCell } from '../../shared/plain-cell';
import {
  type Captioned,
  COMPLIANCE_FINDING,
  OCSF_VERSION,
  RULE,
  activities,
  complianceStatuses,
  severities,
  typeOf,
  workflowStatuses,
} from './classification';
import { cloudOf } from './cloud';
import type { OcsfRun, FindingRow } from './ocsf-run';
import { findingUid } from './finding-uid';
import { controlsOf, tag, tagsOf, cellText, timeOf } from './members';
import { resourceOf } from './resource';

/** A row of the table has a value that this version does not know. */
export class UnknownValue extends Error {
  override readonly name = 'UnknownValue';
}

export type ComplianceFinding = ReturnType<typeof complianceFinding>;

const PRODUCT = 'iam-credential-reports';

/**
 * A row of `findings.csv` as a Compliance Finding of OCSF 1.6.0 with the profile `cloud`. What is not known is undefined, so
 * that JSON leaves it out. AWS Security Hub identifies a finding by `cloud.account.uid`, `finding_info.uid` and
 * `metadata.product.uid` (https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_OcsfFindingIdentifier.html).
 * Times are milliseconds since 1970.
 * @param uid - identifies the finding from run to run; see `UniqueUids` for those of a whole table
 * @throws {@link UnknownValue} for a status or severity that is not known
 */
export function complianceFinding(row: FindingRow, run: OcsfRun, uid = findingUid(row, run)) {
  const check = run.checks.get(row.check);
  const startedAt = Date.parse(run.startedAt);
  // The cell is empty if there is no earlier day to compare with. What only a changed rule makes appear is not new either.
  const [activity_id, activity_name] = row.new === 'false' ? activities.update : activities.create;
  const [type_uid, type_name] = typeOf([activity_id, activity_name]);
  const [severity_id, severity] = captioned(severities, row, 'severity');
  const [status_id, status] = workflowStatuses[row.status === 'exempt' ? 'exempt' : 'open'];
  return {
    ...COMPLIANCE_FINDING,
    activity_id,
    activity_name,
    type_uid,
    type_name,
    time: startedAt,
    severity_id,
    severity,
    status_id,
    status,
    message: plainCell(row.reason),
    comment: cellText(row.exemption_reason),
    finding_info: {
      uid,
      title: check?.title ?? row.check,
      desc: check?.description,
      analytic: { type_id: RULE[0], type: RULE[1], uid: row.check, name: check?.title },
      // The table does not say when a finding was told first, if not by this run.
      created_time: row.new === 'true' ? startedAt : undefined,
      modified_time: startedAt,
      last_seen_time: timeOf(row.generated_at),
      src_url: run.manifest.url,
      tags: tagsOf([
        tag('credential', row.credential),
        tag('slot', row.slot),
        tag('created_at', row.created_at),
        tag('last_used_at', row.last_used_at),
        // A team or an address: the owner of a resource in OCSF is a user with an ID and a type.
        tag('owner', row.owner),
        tag('exemption_expires', row.exemption_expires),
        tag('exemption_approved_by', row.exemption_approved_by),
        tag('exemption_ticket', row.exemption_ticket),
      ]),
    },
    compliance: complianceOf(row),
    remediation: check?.remedy === undefined ? undefined : { desc: check.remedy },
    resources: [resourceOf(row, run)],
    cloud: cloudOf(row, run),
    metadata: {
      version: OCSF_VERSION,
      profiles: ['cloud'],
      product: { uid: PRODUCT, name: PRODUCT, vendor_name: PRODUCT, version: run.productVersion },
      uid: `${run.date}/${run.execution}/${uid}`,
      correlation_uid: `${run.date}/${run.execution}`,
      event_code: row.check,
      tags: tagsOf([
        tag('environment', run.environment),
        tag('manifest_sha256', run.manifest.sha256),
        // The account failed in this run; what is said of it is what an earlier run of the day found.
        tag('collected_by', row.collected_by === run.execution ? '' : row.collected_by),
      ]),
    },
  };
}

function complianceOf(row: FindingRow) {
  const [status_id, status] = captioned(complianceStatuses, row, 'status');
  return { control: row.check, ...controlsOf(row.controls), status_id, status };
}

/** @throws {@link UnknownValue} */
function captioned(
  known: Readonly<Record<string, Captioned>>,
  row: FindingRow,
  column: 'severity' | 'status',
): Captioned {
  const found = Object.hasOwn(known, row[column]) ? known[row[column]] : undefined;
  if (!found)
    throw new UnknownValue(
      `findings.csv has the ${column} "${row[column].slice(0, 60)}", which is not one of ${Object.keys(known).join(', ')}`,
    );
  return found;
}
