import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Synthesis } from '../../local/synthesis';
import { peerProgram } from '../../tools/peers/peer-program';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import { nobody } from '../support/emulator/aws-cli';
import { projectCopy } from '../support/project-copy';
import { acceptAnyProvider } from './synthesis';
import { Terraform } from './terraform';

/** What a pipeline writes that rolls the report role out itself. */
const PIPELINE = `
  provider "aws" {
    region = "eu-central-1"
  }

  module "report_role" {
    source             = "./cdktf.out/stacks/report-role"
    collector_role_arn = "arn:aws:iam::123456789012:role/iam-credential-reports-production-collect-reports"
    organization_id    = "o-exampleorg1"
  }

  output "role_arn" {
    value = module.report_role.role_arn
  }
`;

describe('the report role', () => {
  let synthesis: Synthesis;
  const { folder, remove } = temporaryFolder();

  beforeAll(async () => {
    synthesis = await Synthesis.make({ project: projectCopy(join(folder, 'project')) });
  });

  afterAll(() => {
    synthesis.remove();
    remove();
  });

  it('is a module that Terraform accepts in another configuration', async () => {
    const module = join(folder, 'cdktf.out', 'stacks', 'report-role');
    cpSync(dirname(synthesis.fileOf('report-role')), module, { recursive: true });
    acceptAnyProvider(module);
    writeFileSync(join(folder, 'main.tf'), PIPELINE);
    const terraform = new Terraform(folder, nobody);
    await terraform.init();
    await terraform.validate();
  });

  it('is a template that cfn-lint accepts', () => {
    const stack = JSON.parse(readFileSync(synthesis.fileOf('production'), 'utf8')) as {
      resource: { aws_cloudformation_stack_set: Record<string, { template_body: string }> };
    };
    const [stackSet] = Object.values(stack.resource.aws_cloudformation_stack_set);
    // Terraform puts the account's number in.
    lint((stackSet?.template_body ?? '').replaceAll(/\$\{[^}]*\}/g, '123456789012'));
  });

  it('is a template with parameters that cfn-lint accepts', () => {
    const file = join(folder, 'report-role.template.json');
    const command = ['run', '--silent', 'build:role-template', '--', file];
    execFileSync('npm', command, { cwd: projectRoot, stdio: 'pipe' });
    const text = readFileSync(file, 'utf8');
    lint(text);
    expect(() => {
      lint(text.replace('"Ref": "RolePath"', '"Ref": "Path"'));
    }).toThrow('cfn-lint');
  });

  /** @throws if cfn-lint has an error, a warning or an advice */
  function lint(template: string): void {
    const file = join(folder, 'linted.json');
    writeFileSync(file, template);
    execFileSync(peerProgram('cfn-lint'), ['--', file], { stdio: 'pipe', encoding: 'utf8' });
  }
});
