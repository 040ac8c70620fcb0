import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '../../../constructs/environment/environment-files';
import { copyLockFiles, lockPath } from '../../../constructs/environment/lock-files';
import { temporaryFolder } from '../../../tools/support/embedded';

const LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "6.66.0"\n}\n';

describe('the lock file of an environment', () => {
  const { folder, remove } = temporaryFolder();
  const [environments, stacks] = [join(folder, 'environments'), join(folder, 'stacks')];
  const ofStack = (name: string) => join(stacks, name, '.terraform.lock.hcl');
  const copy = () => copyLockFiles(environments, ['production', 'staging'], stacks);
  afterAll(remove);

  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(environments, { recursive: true });
    for (const name of ['production', 'staging']) {
      mkdirSync(join(stacks, name), { recursive: true });
      writeFileSync(join(environments, `${name}.json`), '{}');
    }
    writeFileSync(lockPath(environments, 'production'), LOCK);
  });

  it('is copied to its stack only, with a comment that says where it comes from', () => {
    expect(copy()).toEqual([]);
    const [comment, ...lines] = readFileSync(ofStack('production'), 'utf8').split('\n');
    expect(comment).toContain(`A copy of ${lockPath(environments, 'production')}`);
    expect(lines.join('\n')).toBe(LOCK);
    expect(existsSync(ofStack('staging'))).toBe(false);
  });

  it('replaces what `terraform init -upgrade` has written', () => {
    writeFileSync(ofStack('production'), LOCK.replace('6.66.0', '6.67.0'));
    copy();
    expect(readFileSync(ofStack('production'), 'utf8')).toContain('"6.66.0"');
  });

  it('takes its copy with it when it is removed', () => {
    copy();
    rmSync(lockPath(environments, 'production'));
    copy();
    expect(existsSync(ofStack('production'))).toBe(false);
  });

  it('leaves a lock file alone that Terraform wrote for an environment without one', () => {
    writeFileSync(ofStack('staging'), LOCK);
    copy();
    expect(readFileSync(ofStack('staging'), 'utf8')).toBe(LOCK);
  });

  it('is reported if it belongs to no environment', () => {
    writeFileSync(lockPath(environments, 'retired'), LOCK);
    expect(copy()).toEqual([join(environments, 'retired.terraform.lock.hcl')]);
  });

  it('is not an environment', () => {
    expect(environmentNames(environments)).toEqual(['production', 'staging']);
  });
});
