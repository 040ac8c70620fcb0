import { App, DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { CredentialReports } from '../../constructs/credential-reports';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import type { Environment } from '../../constructs/environment/environment';
import type { BucketUser, ReportBucketReference } from '../../constructs/storage/bucket-access';
import { TemporaryFolder } from '../../local/temporary-folder';

/** A resource as Terraform would make it. */
export interface ExpectedResource {
  /** Its address in the state, such as `aws_iam_role.NAME`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface TerraformJson {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly terraform: {
    readonly backend: Record<string, Record<string, string>>;
  };
}

type Reports = Pick<CredentialReports, 'bucket' | 'bucketUsers'>;

/** What only Terraform knows is left as it is written in JSON. */
export const isKnown = (text: string) => !text.includes('${');

/** What would be deployed for an environment, with what Terraform would look up put in. */
export class ExpectedStack {
  readonly resources: readonly ExpectedResource[];
  readonly bucket: ReportBucketReference;
  readonly bucketUsers: readonly BucketUser[];
  readonly backend: TerraformJson['terraform']['backend'];

  constructor(name: string, environment: Environment, accountId: string, organizationId: string | undefined) {
    const folder = new TemporaryFolder('doctor');
    const stack = new CredentialReportStack(new App({ outdir: folder.path }), name, environment);
    stack.prepareStack();
    const resolver = new DefaultTokenResolver(new StringConcat());
    const resolved = (value: unknown) =>
      Tokenization.resolve(value, { scope: stack, resolver, preparing: false }) as unknown;
    const known = <Value>(value: Value): Value => {
      const json = JSON.stringify(resolved(value)).replaceAll(
        '${data.aws_caller_identity.caller.account_id}',
        accountId,
      );
      const token = '${data.aws_organizations_organization.organization.id}';
      return JSON.parse(
        organizationId === undefined ? json : json.replaceAll(token, organizationId),
      ) as Value;
    };
    const json = known(stack.toTerraform() as TerraformJson);
    folder.remove();
    const reports = stack.node.findChild('credential-reports') as unknown as Reports;
    const { bucket, bucketUsers } = reports;
    this.resources = Object.entries(json.resource).flatMap(([type, all]) =>
      Object.entries(all).map(([id, attributes]) => ({ address: `${type}.${id}`, type, attributes })),
    );
    this.bucket = known(plain(bucket));
    this.bucketUsers = known(
      bucketUsers.map(({ handler, roleArn, bucketStatements }) => ({ handler, roleArn, bucketStatements })),
    );
    this.backend = json.terraform.backend;
  }

  ofType(type: string): ExpectedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }
}

/** Without what makes a construct of it, which is not JSON. */
const plain = (bucket: ReportBucketReference): ReportBucketReference => ({
  name: bucket.name,
  arn: bucket.arn,
  ownerAccountId: bucket.ownerAccountId,
  prefix: bucket.prefix,
  keyArn: bucket.keyArn,
  requestedEncryption: bucket.requestedEncryption,
  objectAcl: bucket.objectAcl,
});
