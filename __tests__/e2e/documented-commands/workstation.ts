import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { peerProgram } from '../../../tools/peers/peer-program';
import { projectRoot } from '../../../tools/support/project-root';
import { type Caller, awsVariables } from '../../support/emulator/aws-cli';
import { terraformSettings } from '../terraform';
import type { Block } from './blocks';

/** A folder in which somebody follows a document, with the emulator for AWS. */
export class Workstation {
  /** What the last command printed last. */
  private printed = '';

  constructor(
    private readonly folder: string,
    private readonly caller: Caller,
    /** Replaces placeholders of a document. */
    private readonly known: Record<string, string>,
  ) {
    mkdirSync(join(folder, 'environments'), { recursive: true });
    mkdirSync(join(folder, 'bin'), { recursive: true });
    this.program('cdktf', cdktf(folder));
    this.program('npm', npm(folder));
    // The project is what it is.
    this.program('git', '');
  }

  /** Writes the file of an environment. */
  configure(name: string, file: object): void {
    writeFileSync(this.fileOf(name), JSON.stringify(file));
  }

  /** Does what a block says, after the variables of the document. */
  async follow({ language, text }: Block, name: string, variables = ''): Promise<void> {
    const said = Object.entries({ ...this.known, FORMER_KEY: this.printed }).reduce(
      // A variable of the shell is no placeholder.
      (replaced, [placeholder, value]) => replaced.replaceAll(`"${placeholder}"`, `"${value}"`),
      text,
    );
    if (language === 'json') {
      this.configure(name, { ...(this.read(name) as object), ...(JSON.parse(said) as object) });
      return;
    }
    this.printed = await this.run(`${variables}\n${said}`);
  }

  /** @returns the last line that the commands print */
  async run(commands: string): Promise<string> {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: this.folder,
      env: {
        ...awsVariables(this.caller),
        PATH: [join(this.folder, 'bin'), dirname(peerProgram('aws-cli', 'aws')), process.env.PATH].join(
          delimiter,
        ),
        ...terraformSettings,
      },
      maxBuffer: 64 * 2 ** 20,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  }

  private read(name: string): unknown {
    return JSON.parse(readFileSync(this.fileOf(name), 'utf8'));
  }

  private fileOf(name: string): string {
    return join(this.folder, 'environments', `${name}.json`);
  }

  private program(name: string, script: string): void {
    const file = join(this.folder, 'bin', name);
    writeFileSync(file, `#!/usr/bin/env bash\nset -euo pipefail\n${script}`);
    chmodSync(file, 0o755);
  }
}

const synthesizes = (folder: string) => `
synthesize() {
  (cd ${projectRoot} && ${process.execPath} -r tsx/cjs __tests__/e2e/documented-commands/synthesize.ts ${folder} "$1")
}
`;

/** As the CLI does it: synthesize, initialize, and call Terraform. */
const cdktf = (folder: string) => `${synthesizes(folder)}
stack=cdktf.out/stacks/$2
synthesize "$2"
case $1 in
  diff) terraform -chdir=$stack plan -input=false ;;
  deploy) terraform -chdir=$stack apply -input=false "$3" ;;
  destroy) terraform -chdir=$stack destroy -input=false "$3" ;;
esac
`;

const npm = (folder: string) => `${synthesizes(folder)}
case "$1 $2" in
  'run synth') for file in environments/*.json; do name=\${file##*/}; synthesize "\${name%.json}"; done ;;
esac
`;
