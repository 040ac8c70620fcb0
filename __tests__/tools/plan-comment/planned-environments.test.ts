import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

describe('npm run plan:environments', () => {
  it('prints the environments whose state is in S3, each with its Region', () => {
    const project = projectCopy(join(folder, 'project'), {
      dev: { reportRoleName: 'dev' },
      production: {
        backend: { kind: 's3', bucket: 'states', region: 'us-east-1' },
        region: 'eu-central-1',
        reportRoleName: 'production',
      },
      staging: { backend: { kind: 'cloud', organization: 'us' }, reportRoleName: 'staging' },
    });
    const printed = execFileSync(
      process.execPath,
      [...typescriptOptions, 'tools/plan-comment/planned-environments.ts'],
      { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    expect(JSON.parse(printed)).toEqual([{ environment: 'production', region: 'eu-central-1' }]);
  });
});
