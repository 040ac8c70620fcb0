import { tableColumns } from '../../../handlers/shared/table-columns';

const REPORT =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,' +
  'access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,' +
  'access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,' +
  'cert_2_last_rotated,additional_credentials_info';

/** Athena reads the tables of earlier days by position too. Add to the end of a header; change nothing else in it. */
const HEADERS = {
  credentials: `account_id,account_name,ou_path,generated_at,${REPORT},collected_by,owner,ou_names`,
  findings:
    'account_id,account_name,ou_path,generated_at,user,arn,check,severity,controls,status,new,reason,credential,slot,' +
    'age_days,created_at,last_used_at,last_used_region,last_used_service,exemption_reason,exemption_expires,' +
    'exemption_approved_by,exemption_ticket,ages_counted_from,collected_by,owner,ou_names',
  changes: 'change,account_id,account_name,user,check,credential,detail,owner',
  controls:
    'framework,control,checks,partial,status,accounts_met,accounts_exempt,accounts_not_met,accounts_undecided,not_met_in,' +
    'undecided_in',
  service_credentials:
    'account_id,account_name,ou_path,user,arn,service,credential_id,status,created_at,expires_at,age_days,alias,' +
    'ages_counted_from,collected_by,owner,ou_names',
};

describe('the tables', () => {
  it('have their columns in the order in which Athena reads those of every day', () => {
    const headers = Object.entries(tableColumns).map(([name, columns]) => [name, columns.join(',')]);
    expect(Object.fromEntries(headers)).toEqual(HEADERS);
  });
});
