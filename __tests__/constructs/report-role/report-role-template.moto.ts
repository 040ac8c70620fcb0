/** AWS CloudFormation, as moto does it, creates the role of the template. */
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { reportRolePermissions } from '../../../constructs/report-role/report-role-policy';
import { parameterizedTemplate } from '../../../constructs/report-role/report-role-parameters';
import { deployedRole } from '../../support/deployed-role';
import type { Caller } from '../../support/emulator/aws-cli';
import { Moto } from '../../support/emulator/moto';
import { clientOf } from '../../support/emulator/organization';
import { COLLECTOR_ROLE_ARN, ORGANIZATION_ID, byTemplate } from '../../support/report-role-forms';

/** The account of whoever calls moto without assuming a role. */
const CALLER = '123456789012';
const BOUNDARY = 'security/boundary';

let moto: Moto;
let caller: Caller;

beforeAll(async () => {
  moto = await Moto.start();
  caller = { url: moto.url, region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' };
  const iam = new IAMClient(clientOf(caller));
  await iam.send(
    new CreatePolicyCommand({
      Path: '/security/',
      PolicyName: 'boundary',
      PolicyDocument: JSON.stringify(reportRolePermissions({ serviceCredentials: true })),
    }),
  );
}, 120_000);
afterAll(() => moto.stop());

/** @returns the ARN that the stack tells */
async function deploy(name: string, parameters: Record<string, string>): Promise<string> {
  const stacks = new CloudFormationClient(clientOf(caller));
  const given = { CollectorRoleArn: COLLECTOR_ROLE_ARN, OrganizationId: ORGANIZATION_ID, ...parameters };
  await stacks.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: JSON.stringify(parameterizedTemplate()),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: Object.entries(given).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Tags: [{ Key: 'team', Value: 'security' }],
    }),
  );
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'RoleArn')?.OutputValue ?? '';
}

describe('the template of the report role, deployed', () => {
  it('creates the role of a StackSet with its defaults', async () => {
    const { name, ...expected } = byTemplate();
    expect(await deploy('defaults', {})).toBe(`arn:aws:iam::${CALLER}:role/${name}`);
    expect(await deployedRole(name, caller)).toEqual({ name, ...expected, boundary: undefined, tags: {} });
  });

  it('creates the role with path, boundary and service-specific credentials', async () => {
    const parameters = {
      RoleName: 'audit-reader',
      RolePath: '/security/',
      PermissionsBoundary: BOUNDARY,
      ServiceCredentials: 'true',
    };
    expect(await deploy('every-option', parameters)).toBe(
      `arn:aws:iam::${CALLER}:role/security/audit-reader`,
    );
    expect(await deployedRole('audit-reader', caller)).toEqual({
      ...byTemplate(parameters),
      boundary: `arn:aws:iam::${CALLER}:policy/${BOUNDARY}`,
      tags: {},
    });
  });
});
