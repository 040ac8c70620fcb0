import * as z from 'zod';
import { bucketName, fieldsOf, nonEmptyText, oneOfKinds, regionName } from './fields';

export const backend = oneOfKinds(
  [
    fieldsOf({
      kind: z.literal('local').describe('A file in the folder of the project. For trials by one person.'),
    }),
    fieldsOf({
      kind: z.literal('s3').describe('Your own bucket, with a lock file.'),
      bucket: bucketName.describe('Existing bucket for the state. Terraform does not create it.'),
      key: nonEmptyText
        .optional()
        .describe(
          'Key of the state in its bucket. Default: `iam-credential-reports/NAME/terraform.tfstate`, with the name of ' +
            'the environment.',
        ),
      region: regionName.describe(
        'Region of the bucket for the state, which may differ from the Region of the environment.',
      ),
    }),
    fieldsOf({
      kind: z.literal('cloud').describe('HCP Terraform or Terraform Enterprise.'),
      organization: nonEmptyText.describe('Organization in HCP Terraform or Terraform Enterprise.'),
      workspace: nonEmptyText
        .optional()
        .describe('Workspace in that organization. Default: the name of the environment.'),
      hostname: nonEmptyText
        .optional()
        .describe('Host name of your Terraform Enterprise. Default: HCP Terraform.'),
    }),
  ],
  '"local", "s3", or "cloud"',
)
  .default({ kind: 'local' })
  .describe('Where Terraform keeps its state.');
