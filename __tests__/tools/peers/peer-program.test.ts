import { execFileSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { peerProgram } from '../../../tools/peers/peer-program';
import { PythonMissing } from '../../../tools/peers/python';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';

/** Stands for Python and its modules venv and pip: pip "installs" a program that prints the lock file. */
const PYTHON = `#!/bin/sh
case "$1 $2" in
  -c*) echo "$PYTHON_VERSION" ;;
  '-m venv') mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  '-m pip')
    case " $* " in *' --require-hashes '*) ;; *) echo 'not locked' >&2; exit 1 ;; esac
    for file; do :; done
    if grep -q unknown "$file"; then echo 'No matching distribution found' >&2; exit 1; fi
    printf '#!/bin/sh\\ncat <<END\\n%s\\nEND\\n' "$(cat "$file")" > "$(dirname "$0")/checker"
    chmod +x "$(dirname "$0")/checker" ;;
esac
`;

const locked = (requirement: string) =>
  `# uv pip compile --python-version 3.11 --generate-hashes\n${requirement}`;

describe('a peer', () => {
  const { PATH, PYTHON_VERSION } = process.env;
  let temporary: ReturnType<typeof temporaryFolder>;
  let said: jest.SpiedFunction<typeof process.stderr.write>;
  let folders: { locks: string; installed: string };

  const lock = (text: string) => {
    writeFileSync(join(folders.locks, 'checker', 'requirements.txt'), text);
  };
  const checker = () => peerProgram('checker', 'checker', folders);
  const printed = () => execFileSync(checker(), { encoding: 'utf8' }).trim();
  const installed = () => readdirSync(join(folders.installed, 'checker'));

  beforeEach(() => {
    said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    temporary = temporaryFolder();
    const of = (name: string) => join(temporary.folder, name);
    folders = { locks: of('locks'), installed: of('installed') };
    mkdirSync(join(folders.locks, 'checker'), { recursive: true });
    mkdirSync(of('bin'));
    writeFileSync(of('bin/python3'), PYTHON);
    chmodSync(of('bin/python3'), 0o755);
    Object.assign(process.env, { PATH: `${of('bin')}:/usr/bin:/bin`, PYTHON_VERSION: '3.12' });
    lock(locked('checker==1'));
  });

  afterEach(() => {
    Object.assign(process.env, { PATH, PYTHON_VERSION });
    jest.restoreAllMocks();
    temporary.remove();
  });

  it('is installed by its first use, as its lock file says', () => {
    expect(printed()).toBe(locked('checker==1'));
  });

  it('is installed once', () => {
    checker();
    const before = installed();
    rmSync(join(temporary.folder, 'bin', 'python3'));
    checker();
    expect(installed()).toEqual(before);
    expect(said.mock.calls).toEqual([['Installing checker, once\n']]);
  });

  it('is installed anew when its lock file changes, and the earlier one is removed', () => {
    checker();
    const [before] = installed();
    lock(locked('checker==2'));
    expect(printed()).toBe(locked('checker==2'));
    expect(installed()).not.toContain(before);
    expect(installed()).toHaveLength(2);
  });

  it('is installed anew when the Python that it was made with is removed', () => {
    rmSync(join(checker(), '..', 'python'));
    expect(printed()).toBe(locked('checker==1'));
    expect(said).toHaveBeenCalledTimes(2);
  });

  it('says what pip said when it cannot be installed, and leaves nothing behind', () => {
    lock(locked('unknown==1'));
    expect(checker).toThrow('could not install the peer checker:\nNo matching distribution found');
    expect(installed()).toEqual([]);
  });

  it('says what to install on a machine whose Python is too old for the lock file', () => {
    process.env.PYTHON_VERSION = '3.9';
    expect(checker).toThrow(PythonMissing);
    expect(checker).toThrow('python3 is version 3.9: install Python 3.11 or newer');
  });

  it('says what to install on a machine without Python', () => {
    process.env.PATH = folders.locks;
    expect(checker).toThrow(
      'python3 is not on the PATH: install Python 3.11 or newer (https://www.python.org/downloads/), with its venv module',
    );
  });

  it('names a program that it does not have', () => {
    expect(() => peerProgram('checker', 'check', folders)).toThrow('the peer checker has no program check');
  });
});

describe('the lock file of each Python peer', () => {
  const folder = join(projectRoot, 'tools', 'peers');
  const rows = globSync('*/requirements.txt', { cwd: folder }).map((file) => ({
    name: dirname(file),
    text: readFileSync(join(folder, file), 'utf8'),
  }));

  it.each(rows)('of $name pins every package, with its hashes', ({ text }) => {
    const packages = text.split(/^(?=[^\s#])/m).slice(1);
    expect(packages.length).toBeGreaterThan(0);
    for (const one of packages) expect(one).toMatch(/^\S+==\S+ .*\\\n {4}--hash=sha256:[0-9a-f]{64}/);
  });

  it.each(rows)('of $name says first how it is renewed', ({ name, text }) => {
    const [first, command] = text.split('\n');
    expect(first).toContain('via the following command');
    expect(command).toMatch(
      /^# +echo '\S+==\S+' \| uv pip compile - .*--python-version \S+ --generate-hashes/,
    );
    expect(command).toMatch(new RegExp(` -o tools/peers/${name}/requirements.txt$`));
  });

  it.each(rows)('of $name names no other place than the public registry', ({ text }) => {
    expect(text).not.toMatch(/:\/\/|^--/m);
  });
});
