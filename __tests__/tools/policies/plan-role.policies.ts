import { ACCOUNT, planRoleMay, reads } from '../../../tools/policies/plan-role';

describe('the role of the plan', () => {
  it.each(reads())('may call $action for $resource, which is in a stack', async ({ action, resource }) => {
    expect(await planRoleMay(action, resource)).toBe(true);
  });

  it.each([
    ['lambda:GetFunction', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:payroll`],
    ['iam:GetRolePolicy', `arn:aws:iam::${ACCOUNT}:role/payroll`],
    ['s3:GetBucketPolicy', 'arn:aws:s3:::payroll'],
    ['s3:GetObject', 'arn:aws:s3:::STATE-BUCKET/production/terraform.tfstate'],
    ['s3:GetObject', 'arn:aws:s3:::STATE-BUCKET/payroll/production/terraform.tfstate'],
    ['glue:GetTable', `arn:aws:glue:eu-west-1:${ACCOUNT}:table/payroll/salaries`],
    ['states:DescribeStateMachine', `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:payroll`],
    ['sns:GetTopicAttributes', `arn:aws:sns:eu-west-1:${ACCOUNT}:payroll`],
    ['sqs:GetQueueAttributes', `arn:aws:sqs:eu-west-1:${ACCOUNT}:payroll`],
  ])('may not call %s for %s, which belongs to another project', async (action, resource) => {
    expect(await planRoleMay(action, resource)).toBe(false);
  });
});
