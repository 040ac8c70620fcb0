import { DataAwsKmsPublicKey } from '@cdktf/provider-aws/lib/data-aws-kms-public-key';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { accountStatement, DELETION_WINDOW_DAYS } from '../key-policy';
import type { OtherAccount } from '../other-account';
import { type Statement, policyJson } from '../policy';
import { type Grantee, grantedTo } from './cross-account';
import { keyAlias } from './key-alias';

/** Options of {@link SigningKey}. */
export interface SigningKeyProps {
  readonly deployment: Deployment;
  /** The only function that may sign. */
  readonly signer: Grantee;
  /**
   * Account that owns the key.
   * @default - the account of the deployment
   */
  readonly owner?: OtherAccount | undefined;
  /**
   * Whether Terraform may let KMS delete the key.
   * @default false
   */
  readonly allowDestroy?: boolean | undefined;
}

/**
 * An asymmetric KMS key that signs the hashes of manifests (ECDSA over P-256). The private key never leaves KMS. Earlier
 * signatures need only the public key, which `summarize-run` keeps in the bucket.
 */
export class SigningKey extends Construct {
  readonly arn: string;
  /** The public key, in PEM. */
  readonly publicKey: string;
  /** Let the function that signs use the key. */
  readonly signerStatements: readonly Statement[];

  constructor(
    scope: Construct,
    id: string,
    { deployment, signer, owner, allowDestroy = false }: SigningKeyProps,
  ) {
    super(scope, id);
    const provider = owner?.provider;
    const key = new KmsKey(this, 'key', {
      provider,
      description: `Signatures of IAM credential reports of ${deployment.environment}`,
      keyUsage: 'SIGN_VERIFY',
      customerMasterKeySpec: 'ECC_NIST_P256',
      // KMS does not rotate asymmetric keys
      // (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html).
      enableKeyRotation: false,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      lifecycle: { preventDestroy: !allowDestroy },
      policy: policyJson(
        accountStatement(deployment, owner),
        {
          // Not even an administrator can sign without changing this policy, which AWS CloudTrail records.
          Sid: 'SignerOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:Sign',
          Resource: '*',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': signer.roleArn } },
        },
        ...(owner ? signing('*').map((statement) => grantedTo(signer, statement, deployment)) : []),
      ),
    });
    new KmsAlias(this, 'alias', {
      provider,
      name: keyAlias(deployment.nameOf('signing'), key),
      targetKeyId: key.keyId,
    });
    this.arn = key.arn;
    this.publicKey = new DataAwsKmsPublicKey(this, 'public-key', { provider, keyId: key.arn }).publicKeyPem;
    this.signerStatements = signing(this.arn);
  }
}

/**
 * Only hashes, so that the content of a manifest does not pass through KMS, and one algorithm
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-message-type).
 */
const signing = (Resource: string): Statement[] => [
  {
    Sid: 'SignManifests',
    Effect: 'Allow',
    Action: 'kms:Sign',
    Resource,
    Condition: {
      StringEquals: { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': 'ECDSA_SHA_256' },
    },
  },
  { Sid: 'ReadPublicKey', Effect: 'Allow', Action: 'kms:GetPublicKey', Resource },
];
