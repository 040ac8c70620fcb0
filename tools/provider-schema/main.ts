/**
 * Writes the schema of every resource that the stacks use, as the bindings of CDK Terrain carry it: `npm run provider-schema`.
 * CDKTF and its bindings are frozen, so those in use know an older provider than the one that is deployed with.
 */
import { join } from 'node:path';
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { checkForChanges, writeChanges } from '../support/generated-files';
import { installPackages } from '../support/install-packages';
import { projectRoot } from '../support/project-root';
import { installedSchema } from './installed-schema';

const { check = false } = commandLine({
  script: 'provider-schema',
  description:
    'Writes the schema of the AWS provider, as far as the stacks use it, to tools/provider-schema/schema.json.',
  exitCodes: '0: the file is up to date; 1: it is not (--check), or the bindings cannot be installed or read',
})
  .option('--check', 'write nothing; say whether the file is out of date')
  .parse()
  .opts<{ check?: boolean }>();

runCommand(() => {
  installPackages(join(projectRoot, 'tools', 'cdktn'));
  const schema = {
    files: new Map([
      ['tools/provider-schema/schema.json', `${JSON.stringify(installedSchema(), null, 2)}\n`],
    ]),
  };
  return check ? checkForChanges(projectRoot, schema, 'provider-schema') : writeChanges(projectRoot, schema);
});
