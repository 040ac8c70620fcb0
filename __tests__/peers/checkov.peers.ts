/** checkov judges every stack, and the list of its rules is what it says. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TemporaryFolder } from '../../local/temporary-folder';
import { peerProgram } from '../../tools/peers/peer-program';
import { everyStack } from '../../tools/provider-schema/every-option';
import { synthesizedStacks } from '../../tools/golden/stacks';
import { type Finding, checkov } from '../../tools/scanners/checkov';
import { checkovRules } from '../../tools/scanners/checkov-rules';
import { judge } from '../../tools/scanners/judge';
import { projectRoot } from '../../tools/support/project-root';

/** Of `everyOption`: it has every option that a rule asks for. */
const HARDENED = 'own-account';

const everyOption = [...everyStack()].map(([name, stack]) => [name, JSON.stringify(stack)] as const);
const stacks = new Map([...everyOption, ...synthesizedStacks(projectRoot)]);

/** A stack that is not one of ours: what it says must not count. */
const PLANTED = 'planted-fault';
const planted = stacks.get('production')!.replace('"block_public_acls": true', '"block_public_acls": false');

let findings: Finding[];
let ofPlanted: Finding[];
beforeAll(() => {
  const all = checkov(new Map([...stacks, [PLANTED, planted]]));
  findings = all.filter(({ stack }) => stack !== PLANTED);
  ofPlanted = all.filter(({ stack }) => stack === PLANTED);
});

it('judges every stack', () => {
  expect(new Set(findings.map(({ stack }) => stack))).toEqual(new Set(stacks.keys()));
});

it('says what the list says: nothing else fails, and everything on it is still judged so', () => {
  expect(judge(findings, checkovRules, HARDENED)).toEqual([]);
});

it('finds a fault that is planted', () => {
  const told = judge([...findings, ...ofPlanted], checkovRules, HARDENED);
  const inPlanted = told.filter((line) => line.includes(` fails in ${PLANTED}: `));
  expect(new Set(inPlanted.map((line) => line.split(' ')[0]))).toEqual(new Set(['CKV_AWS_53', 'CKV2_AWS_6']));
});

describe('checkov -d . with .checkov.yaml', () => {
  const folder = new TemporaryFolder('checkout');
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  afterAll(() => {
    folder.remove();
  });

  it('reports nothing but faults in what is deployed, and ends with code 1 then', () => {
    file('.checkov.yaml', readFileSync(join(projectRoot, '.checkov.yaml'), 'utf8'));
    file('cdktf.out/stacks/production/cdk.tf.json', stacks.get('production')!);
    file('golden/planted-fault.tf.json', planted);
    const scan = () =>
      spawnSync(peerProgram('checkov'), ['-d', '.', '--skip-download'], {
        cwd: folder.path,
        encoding: 'utf8',
        env: { ...process.env, HOME: folder.path },
      });
    expect(scan()).toMatchObject({ status: 0, stdout: expect.not.stringContaining('FAILED') as string });
    file('cdktf.out/stacks/planted/cdk.tf.json', planted);
    const { status, stdout } = scan();
    expect(status).toBe(1);
    expect([...stdout.matchAll(/Check: (\w+)/g)].map(([, id]) => id).sort()).toEqual([
      'CKV2_AWS_6',
      'CKV_AWS_53',
    ]);
  });
});
