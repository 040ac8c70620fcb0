import { join } from 'node:path';

/** Where the module is written, unless another folder is chosen. */
export const MODULE_FOLDER = join('dist', 'terraform-aws-iam-credential-reports');
