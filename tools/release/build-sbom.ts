/** Writes the bill of materials of what is released: `npm run build:sbom`. */
import { dirname, join } from 'node:path';
import packageJson from '../../package.json';
import { makeFolder, writeWhole } from '../../constructs/write-file';
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { compiledConstructs } from '../package/compiled-constructs';
import { projectRoot } from '../support/project-root';
import { billOfMaterials } from './bill-of-materials';
import { shippedPackages } from './shipped-packages';

const file = join('dist', 'iam-credential-reports.cdx.json');

commandLine({
  script: 'build:sbom',
  description:
    `Writes ${file}: the packages in the bundles of the functions, and those that npm installs with dist/package if it is ` +
    'built, in the format CycloneDX. The variable SOURCE_DATE_EPOCH sets its time, in seconds since 1970.',
  exitCodes: '0: the file was written; 1: it could not be written',
}).parse();

runCommand(async () => {
  const { SOURCE_DATE_EPOCH: seconds } = process.env;
  const packages = shippedPackages(projectRoot, (await compiledConstructs('cdktf')).files);
  const time = seconds === undefined ? undefined : new Date(Number(seconds) * 1000);
  makeFolder(join(projectRoot, dirname(file)));
  writeWhole(join(projectRoot, file), billOfMaterials(packageJson, packages, time));
  console.log(`Wrote ${file}: ${packages.length} packages`);
});
