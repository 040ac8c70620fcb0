import '../../../support/quiet';
import { UnknownValue, complianceFinding } from '../../../../handlers/export-results/ocsf/compliance-finding';
import type { OcsfRun, FindingRow } from '../../../../handlers/export-results/ocsf/ocsf-run';
import { COLLECTING_ACCOUNT } from '../../../../tools/support/embedded-execution';
import { NEXT_DATE, PAYMENTS, STAGING, StoredExport } from '../../../support/ocsf-run';

let stored: StoredExport;
let run: OcsfRun;
beforeAll(async () => {
  stored = await StoredExport.of();
  run = stored.facts;
});

/** The row of a user and a check, with other cells if the table has none such. */
function rowOf(user: string, check: string, change: Partial<FindingRow> = {}): FindingRow {
  const row = stored.rows.find((one) => one.user === user && one.check === check);
  if (!row) throw new Error(`no row of ${user} and ${check}`);
  return { ...row, ...change };
}
const told = (user: string, check: string, change: Partial<FindingRow> = {}) =>
  complianceFinding(rowOf(user, check, change), run);
/** As the line has it: without what is undefined. */
const lineOf = (user: string, check: string, change: Partial<FindingRow> = {}) =>
  JSON.parse(JSON.stringify(told(user, check, change))) as unknown;

const STARTED_AT = Date.parse(`${NEXT_DATE}T08:00:00.000Z`);
const ADA = `production/${PAYMENTS}/console-mfa/-/ada`;

describe('a finding', () => {
  it('has what OCSF has members for, and nothing else', () => {
    expect(lineOf('ada', 'console-mfa')).toStrictEqual({
      category_uid: 2,
      category_name: 'Findings',
      class_uid: 2003,
      class_name: 'Compliance Finding',
      activity_id: 2,
      activity_name: 'Update',
      type_uid: 200302,
      type_name: 'Compliance Finding: Update',
      time: STARTED_AT,
      severity_id: 4,
      severity: 'High',
      status_id: 1,
      status: 'New',
      message: 'console password without MFA',
      finding_info: {
        uid: ADA,
        title: 'Console users sign in with MFA',
        desc: 'Fails when a user has a console password and no active MFA device. Does not apply without a password.',
        analytic: {
          type_id: 1,
          type: 'Rule',
          uid: 'console-mfa',
          name: 'Console users sign in with MFA',
        },
        modified_time: STARTED_AT,
        last_seen_time: STARTED_AT - 3_600_000,
        src_url: 's3://reports/manifests/production/00000002.json',
        tags: [{ name: 'owner', value: '@team' }],
      },
      compliance: {
        control: 'console-mfa',
        standards: ['CIS v7.0', 'CIS v5.0'],
        requirements: ['CIS v7.0 2.10', 'CIS v5.0 1.9'],
        status_id: 3,
        status: 'Fail',
      },
      remediation: { desc: expect.stringMatching(/^Assign an MFA device to the user, /) as string },
      resources: [
        {
          uid: `arn:aws:iam::${PAYMENTS}:user/ada`,
          name: 'ada',
          type: 'AwsIamUser',
          role_id: 1,
          role: 'Target',
          cloud_partition: 'aws',
        },
      ],
      cloud: {
        provider: 'AWS',
        account: { uid: PAYMENTS, name: '=Payments, "EU"', type_id: 10, type: 'AWS Account' },
        org: { uid: 'o-exampleorg1', ou_uid: 'ou-1234-56789012', ou_name: 'Workloads/Prod' },
        region: 'us-east-1',
        cloud_partition: 'aws',
      },
      metadata: {
        version: '1.6.0',
        profiles: ['cloud'],
        product: {
          uid: 'iam-credential-reports',
          name: 'iam-credential-reports',
          vendor_name: 'iam-credential-reports',
          version: '1.2.3',
        },
        uid: `${NEXT_DATE}/run-2/${ADA}`,
        correlation_uid: `${NEXT_DATE}/run-2`,
        event_code: 'console-mfa',
        tags: [
          { name: 'environment', value: 'production' },
          { name: 'manifest_sha256', value: run.manifest.sha256 },
        ],
      },
    });
  });

  it.each([
    ['true', 'created', { activity_id: 1, type_uid: 200301, status_id: 1, status: 'New' }],
    ['', 'created, since there is no earlier day,', { activity_id: 1, type_uid: 200301, status_id: 1 }],
    ['false', 'updated', { activity_id: 2, type_uid: 200302, status_id: 1, status: 'New' }],
  ])('whose cell `new` is %j is %s', (cell, _, expected) => {
    expect(told('ada', 'console-mfa', { new: cell })).toMatchObject(expected);
  });

  it('has a time of creation only if this run is the first that has it', () => {
    expect(told('newcomer', 'console-mfa').finding_info.created_time).toBe(STARTED_AT);
    expect(told('ada', 'console-mfa').finding_info.created_time).toBeUndefined();
    expect(told('ada', 'console-mfa', { new: '' }).finding_info.created_time).toBeUndefined();
  });

  it.each([
    ['critical', 5, 'Critical'],
    ['high', 4, 'High'],
    ['medium', 3, 'Medium'],
    ['low', 2, 'Low'],
  ])('of severity %s has severity_id %i', (severity, severity_id, caption) => {
    expect(told('ada', 'console-mfa', { severity })).toMatchObject({ severity_id, severity: caption });
  });

  it('of which nobody knows the result is a warning, as OCSF calls missing information', () => {
    expect(told('unreadable', 'console-mfa')).toMatchObject({
      status: 'New',
      message: expect.stringContaining('mfa_active "perhaps"') as string,
      compliance: { status_id: 2, status: 'Warning' },
    });
  });

  it('that is exempt is suppressed, neither passes nor fails, and says why, until when and by whom', () => {
    expect(told('exempt', 'console-mfa')).toMatchObject({
      status_id: 3,
      status: 'Suppressed',
      comment: 'hardware is "ordered", for sure',
      compliance: { status_id: 99, status: 'Exempt' },
      finding_info: {
        tags: [
          { name: 'owner', value: '@team' },
          { name: 'exemption_expires', value: '2026-12-01' },
          { name: 'exemption_approved_by', value: 'Security Board' },
          { name: 'exemption_ticket', value: 'SEC-7' },
        ],
      },
    });
  });

  it('about a credential names its kind, its slot and its dates', () => {
    expect(told('keys', 'key-rotation-90-days').finding_info.tags).toEqual([
      { name: 'credential', value: 'access-key' },
      { name: 'slot', value: '1' },
      { name: 'created_at', value: '2025-10-18T07:00:00Z' },
      { name: 'last_used_at', value: '2026-11-19T07:00:00Z' },
      { name: 'owner', value: '@team' },
    ]);
  });

  it('about a service-specific credential of a user without an ARN has the name of the user', () => {
    const { resources, compliance, cloud, finding_info } = told('later', 'service-credential-without-expiry');
    expect(cloud.account.uid).toBe(PAYMENTS);
    expect(JSON.parse(JSON.stringify(resources))).toStrictEqual([
      { name: 'later', type: 'AwsIamUser', role_id: 1, role: 'Target', cloud_partition: 'aws' },
    ]);
    expect(finding_info.uid).toBe(
      `production/${PAYMENTS}/service-credential-without-expiry/service-specific ACCALOCA000000000003/later`,
    );
    // No chosen framework has a control for it.
    expect(compliance.standards).toBeUndefined();
    expect(compliance.requirements).toBeUndefined();
  });

  it('about the root user is about its account', () => {
    expect(told('<root_account>', 'root-mfa').resources).toMatchObject([
      { uid: `arn:aws:iam::${PAYMENTS}:root`, name: '<root_account>', type: 'AwsAccount' },
    ]);
  });

  it('about the organization is in its management account', () => {
    const { resources, cloud } = told('<organization>', 'central-root-access');
    expect(resources).toMatchObject([
      {
        uid: `arn:aws:organizations::${COLLECTING_ACCOUNT}:organization/o-exampleorg1`,
        name: '<organization>',
        type: 'AwsOrganization',
      },
    ]);
    expect(JSON.parse(JSON.stringify(cloud))).toStrictEqual({
      provider: 'AWS',
      account: { uid: COLLECTING_ACCOUNT, type_id: 10, type: 'AWS Account' },
      org: { uid: 'o-exampleorg1' },
      region: 'us-east-1',
      cloud_partition: 'aws',
    });
  });

  it('about an organization of which nobody knows the management account is in the account that collects', () => {
    const row = rowOf('<organization>', 'central-root-access', {
      arn: 'arn:aws:organizations:::organization/o-exampleorg1',
    });
    const collecting = { ...run, accountId: '222222222222' };
    expect(complianceFinding(row, collecting).cloud.account.uid).toBe('222222222222');
  });

  it('of an account without a path, or that is in the root, has no unit, or the root', () => {
    const unitOf = (ou_path: string) => told('ada', 'console-mfa', { ou_path }).cloud.org.ou_uid;
    expect(['', 'o-exampleorg1/', 'o-exampleorg1/r-1234/'].map(unitOf)).toEqual([
      undefined,
      undefined,
      'r-1234',
    ]);
  });

  it('that an earlier run of the day found names that run', () => {
    expect(told('ada', 'console-mfa', { collected_by: 'run-1' }).metadata.tags).toContainEqual({
      name: 'collected_by',
      value: 'run-1',
    });
  });

  it('has no time at which it was last seen if IAM did not say when it generated the report', () => {
    expect(told('ada', 'console-mfa', { generated_at: '' }).finding_info.last_seen_time).toBeUndefined();
  });

  it('says in numbers when its check fails, and what to do', () => {
    const { finding_info, remediation } = told('keys', 'key-rotation-90-days');
    expect(finding_info.desc).toMatch(/^Fails when an active access key was created more than 90 days ago\./);
    expect(remediation?.desc).toMatch(/^Create a second key, /);
    const unknown = { ...run, checks: new Map([['console-mfa', { id: 'console-mfa', title: 'MFA' }]]) };
    expect(complianceFinding(rowOf('ada', 'console-mfa'), unknown).remediation).toBeUndefined();
  });

  it('of a check that the run does not describe has the ID of the check as its title', () => {
    const { finding_info } = complianceFinding(rowOf('ada', 'console-mfa'), { ...run, checks: new Map() });
    expect(finding_info.title).toBe('console-mfa');
    expect(finding_info.desc).toBeUndefined();
  });

  it.each([
    ['status', 'passed', 'findings.csv has the status "passed", which is not one of fail, unknown, exempt'],
    [
      'severity',
      'toString',
      'findings.csv has the severity "toString", which is not one of critical, high, medium, low',
    ],
  ])('with an unknown %s is an error that names it', (column, value, message) => {
    expect(() => told('ada', 'console-mfa', { [column]: value })).toThrow(new UnknownValue(message));
  });

  it('has the names as they are, without the apostrophe that keeps a spreadsheet from running them', () => {
    const names = stored.rows
      .filter(({ account_id }) => account_id === STAGING)
      .map((row) => complianceFinding(row, run).resources[0]?.name);
    // The table has a space instead of a line break or another control character.
    expect(names).toEqual([
      ...['=1+1', '+1', '-1', '@x'],
      ...['"', 'a,b', "it's", 'ünï 名前 🙂', '\\', 'line "break"', ' "', '{"uid":1}', 'a/b', 'null'],
    ]);
  });
});
