import { join } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../../constructs/credential-report-stack';
import { Environment } from '../../../constructs/environment/environment';
import { type SynthesizedStack, readStack } from '../../../local/synthesized-stack';
import { TemporaryFolder } from '../../../local/temporary-folder';
import { COLLECTING_ACCOUNT } from '../model';

/** The stack of an environment whose results go to other systems: a function and two states more. */
export function stackWithExports(): SynthesizedStack {
  const folder = new TemporaryFolder('exports');
  try {
    const app = new App({ outdir: folder.path });
    const environment = Environment.parse({ exports: { events: 'own', ocsf: true } });
    const { node } = new CredentialReportStack(app, 'production', environment);
    app.synth();
    return readStack(join(folder.path, 'stacks', node.id, 'cdk.tf.json'), COLLECTING_ACCOUNT);
  } finally {
    folder.remove();
  }
}
