/**
 * Writes the report role as a Terraform module that other pipelines call: `npm run build:role-module [-- DIR]`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Testing } from 'cdktf';
import { Command } from 'commander';
import { ReportRoleModule } from '../constructs/report-role/report-role-module';

const {
  args: [folder = join('dist', 'report-role')],
} = new Command()
  .name('npm run build:role-module --')
  .description('Writes the report role of every account as a Terraform module.')
  .argument('[folder]', 'where to (default: dist/report-role)')
  .parse();
mkdirSync(folder, { recursive: true });
const file = join(folder, 'main.tf.json');
writeFileSync(
  file,
  `${Testing.synth(new ReportRoleModule(Testing.app({ stackTraces: false }), 'report-role'))}\n`,
);
console.log(
  `Wrote ${file}: module "report_role" { source = "${isAbsolute(folder) ? folder : `./${folder}`}" }`,
);
