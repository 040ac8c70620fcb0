import { S3Backend, type S3BackendConfig, TerraformBackend, type TerraformStack } from 'cdktf';
import type { Environment } from './environment/environment';

/** Key of the state of an environment in its bucket. */
export const defaultStateKey = (name: string) => `iam-credential-reports/${name}/terraform.tfstate`;

/** Stores the state of a stack where its environment says: by default in a local file beside `cdktf.json`. */
export function setBackend(stack: TerraformStack, backend: Environment['backend']): void {
  if (backend.kind === 's3') {
    // CDK Terrain, the successor of CDKTF, needs to know that Terraform supports the lock file; CDKTF ignores it.
    stack.node.setContext('targetVersions', { terraform: '>=1.11.0' });
    const { bucket, key = defaultStateKey(stack.node.id), region } = backend;
    // The types of CDKTF 0.21 lack `useLockfile`, but CDKTF writes every field that it is given.
    const config: S3BackendConfig & { useLockfile: true } = {
      bucket,
      key,
      region,
      encrypt: true,
      useLockfile: true,
    };
    new S3Backend(stack, config);
  }
  if (backend.kind === 'cloud') {
    const { organization, workspace = stack.node.id, hostname } = backend;
    new HcpTerraform(stack, { organization, workspaces: { name: workspace }, ...(hostname && { hostname }) });
  }
}

interface HcpTerraformConfig {
  organization: string;
  workspaces: { name: string };
  hostname?: string;
}

/** The `cloud` block. CDKTF's own class needs a Terraform binary to synthesize. */
class HcpTerraform extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly config: HcpTerraformConfig,
  ) {
    super(stack, 'backend', 'cloud');
  }

  override toTerraform() {
    return { terraform: { cloud: this.config } };
  }

  protected override synthesizeAttributes() {
    return { ...this.config };
  }

  protected override synthesizeHclAttributes() {
    return { ...this.config };
  }

  override getRemoteStateDataSource(): never {
    throw new Error('No stack reads the state of another stack');
  }
}
