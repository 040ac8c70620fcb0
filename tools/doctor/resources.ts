/** What the permissions of the doctor are given on, for the policy in `docs/doctor-permissions.json`. */

/** What a permission is given on, as one statement of the policy. */
export interface Resources {
  readonly sid: string;
  readonly arns: readonly string[];
}

/** Stands for the account that collects, as in the other policies of `docs/`. */
const ACCOUNT = '111111111111';
const NAME = 'iam-credential-reports-*';
const own = (sid: string, service: string, resource: string, account = ACCOUNT): Resources => ({
  sid,
  arns: [`arn:aws:${service}:*:${account}:${resource}`],
});

export const everything: Resources = { sid: 'Account', arns: ['*'] };
/** The StackSet of a delegated administrator belongs to the management account. */
export const stackSets = own('StackSet', 'cloudformation', `stackset/${NAME}`, '*');
export const roles: Resources = { sid: 'Roles', arns: [`arn:aws:iam::${ACCOUNT}:role/*`] };
export const functions = own('Functions', 'lambda', `function:${NAME}`);
const bucketArns = ['arn:aws:s3:::iam-cr-*', 'arn:aws:s3:::BUCKET-NAME'];
export const buckets: Resources = { sid: 'Bucket', arns: [...bucketArns, 'arn:aws:s3:::iam-cq-*'] };
export const objects: Resources = {
  sid: 'StateAndManifests',
  arns: [
    'arn:aws:s3:::STATE-BUCKET/iam-credential-reports/*/terraform.tfstate',
    ...bucketArns.map((arn) => `${arn}/*manifests/*.json`),
  ],
};
export const schedules = own('Schedule', 'scheduler', `schedule/default/${NAME}`);
export const topics = own('Alerts', 'sns', NAME);
export const workflows = own('Workflow', 'states', `stateMachine:${NAME}`);
export const loggingAccountRole: Resources = {
  sid: 'LoggingAccount',
  arns: ['arn:aws:iam::222222222222:role/LOGGING-ACCOUNT-ROLE'],
};
