/** docs/support.md promises what the files that set the versions say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_VERSIONS } from '../constructs/provider-versions';
import { dependencies, engines, optionalDependencies } from '../package.json';
import { dependencies as terrain } from '../tools/cdktn/package.json';
import { projectRoot } from '../tools/support/project-root';

const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const document = text('docs/support.md');

/** Cells of the table, by its first column. */
const rows = new Map(
  [...document.matchAll(/^\| (.*) \|$/gm)].map(([, line = '']) => {
    const [name = '', ...cells] = line.split('|').map((cell) => cell.trim());
    return [name, cells];
  }),
);
const node = text('.nvmrc').trim();
const [, terraform = ''] = /terraform_version: (.*)/.exec(text('.github/workflows/check.yml')) ?? [];
const { version: schema } = JSON.parse(text('tools/provider-schema/schema.json')) as { version: string };
/** `npm:cdktn@0.24.0` is version 0.24.0 of another package under the same name. */
const versionOf = (alias: string) => alias.replace(/^.*@/, '');

describe('the table of what is supported', () => {
  it('has the Node.js of the functions and of the commands', () => {
    const [installed] = new Set(Object.values(optionalDependencies));
    expect(rows.get('Node.js of functions')).toEqual([`${node}, the runtime \`nodejs${node}.x\``, installed]);
    const least = engines.node.replace('>=', '');
    expect(rows.get('Node.js of commands')).toEqual([
      `${node}; ${least} or later is enough where \`npm ci\` installs ${node}`,
      installed,
    ]);
  });

  it('has the Terraform that the README asks for and the workflows run', () => {
    const [, least] = /Install Terraform ([\d.]+ or later)/.exec(text('README.md')) ?? [];
    expect(rows.get('Terraform')).toEqual([least, terraform]);
  });

  it('has the AWS provider that stacks allow, and the schema that they are compared with', () => {
    expect(rows.get('AWS provider')).toEqual([
      `\`${PROVIDER_VERSIONS}\``,
      `everything that is synthesized, against the schema of ${schema}`,
    ]);
  });

  it('has the versions of CDK for Terraform and of CDK Terrain', () => {
    expect(rows.get('CDK for Terraform')?.[0]).toBe(
      `\`cdktf\` ${dependencies.cdktf}, \`@cdktf/provider-aws\` ${dependencies['@cdktf/provider-aws']}`,
    );
    expect(rows.get('`constructs`')?.[0]).toBe(dependencies.constructs);
    expect(terrain.constructs).toBe(dependencies.constructs);
    expect(rows.get('CDK Terrain')?.[0]).toBe(
      `\`cdktn\` ${versionOf(terrain.cdktf)}, \`@cdktn/provider-aws\` ${versionOf(terrain['@cdktf/provider-aws'])}`,
    );
  });

  it('promises nothing about OpenTofu, which no workflow runs', () => {
    expect(rows.get('OpenTofu')).toEqual(['not supported', 'nothing']);
    expect(text('.github/workflows/check.yml')).not.toMatch(/tofu/i);
  });

  it('has no other rows', () => {
    const [, , ...names] = rows.keys();
    expect(names).toHaveLength(8);
  });
});
