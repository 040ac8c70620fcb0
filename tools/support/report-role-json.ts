import { Testing } from 'cdktf';
import { ReportRoleModule } from '../../constructs/report-role/report-role-module';

/** Where Terraform finds the module of the report role in its folder. */
export const ROLE_MODULE_FILE = 'main.tf.json';

/** The module of the report role. */
export const reportRoleJson = (): string =>
  `${Testing.synth(new ReportRoleModule(Testing.app({ stackTraces: false }), 'report-role'))}\n`;
