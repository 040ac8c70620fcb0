/** Writes the report role as a Terraform module that other pipelines call: `npm run build:role-module [-- FOLDER]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Testing } from 'cdktf';
import { ReportRoleModule } from '../constructs/report-role/report-role-module';
import { commandLine } from '../local/command-line';

const {
  args: [folder = join('dist', 'report-role')],
} = commandLine({
  script: 'build:role-module',
  description:
    'Writes the report role as a Terraform module that your own pipeline can deploy to every account.',
  exitCodes: '0: the module was written',
})
  .argument('[folder]', 'folder to write to (default: dist/report-role)')
  .parse();
mkdirSync(folder, { recursive: true });
const file = join(folder, 'main.tf.json');
writeFileSync(
  file,
  `${Testing.synth(new ReportRoleModule(Testing.app({ stackTraces: false }), 'report-role'))}\n`,
);
console.log(
  `Wrote ${file}; use it as module "report_role" { source = "${isAbsolute(folder) ? folder : `./${folder}`}" }`,
);
