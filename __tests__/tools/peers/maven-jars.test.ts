import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JavaMissing, java } from '../../../tools/peers/java';
import { mavenJars } from '../../../tools/peers/maven-jars';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectRoot } from '../../../tools/support/project-root';

/** Stands for Maven: writes the jar that the pom names, and files of its own into its repository. */
const MAVEN = `#!/bin/sh
if [ "$1" = --version ]; then echo 'Apache Maven 3.8.7'; exit; fi
for option; do case "$option" in
  -DoutputDirectory=*) folder="\${option#*=}" ;;
  -Dmaven.repo.local=*) mkdir -p "\${option#*=}" && touch "\${option#*=}/plugin.jar" ;;
  *pom.xml) pom="$option" ;;
esac; done
if grep -q unknown "$pom"; then echo 'Could not find artifact' >&2; exit 1; fi
cp "$pom" "$folder/reader.jar"
`;
const JAVAC = '#!/bin/sh\necho "$JAVAC_PRINTS"\n';

const sum = (text: string) => `${createHash('sha256').update(text).digest('hex')}  reader.jar\n`;

describe('a Java peer', () => {
  const { PATH, JAVAC_PRINTS } = process.env;
  let temporary: ReturnType<typeof temporaryFolder>;
  let said: jest.SpiedFunction<typeof process.stderr.write>;
  let folders: { locks: string; installed: string };

  const lock = (pom: string, sums = sum(pom)) => {
    writeFileSync(join(folders.locks, 'reader', 'pom.xml'), pom);
    writeFileSync(join(folders.locks, 'reader', 'SHA256SUMS'), sums);
  };
  const jars = () => mavenJars('reader', folders);
  const installed = () => readdirSync(join(folders.installed, 'reader'));

  beforeEach(() => {
    said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    temporary = temporaryFolder();
    const of = (name: string) => join(temporary.folder, name);
    folders = { locks: of('locks'), installed: of('installed') };
    mkdirSync(join(folders.locks, 'reader'), { recursive: true });
    mkdirSync(of('bin'));
    for (const [name, script] of [
      ['mvn', MAVEN],
      ['javac', JAVAC],
    ] as const) {
      writeFileSync(of(`bin/${name}`), script);
      chmodSync(of(`bin/${name}`), 0o755);
    }
    Object.assign(process.env, { PATH: `${of('bin')}:/usr/bin:/bin`, JAVAC_PRINTS: 'javac 17.0.15' });
    lock('<project/>');
  });

  afterEach(() => {
    Object.assign(process.env, { PATH, JAVAC_PRINTS });
    jest.restoreAllMocks();
    temporary.remove();
  });

  it('consists of the jars that its pom names, and leaves nothing else behind', () => {
    expect(readdirSync(jars())).toEqual(['reader.jar']);
    expect(readFileSync(join(jars(), 'reader.jar'), 'utf8')).toBe('<project/>');
  });

  it('is installed once', () => {
    jars();
    rmSync(join(temporary.folder, 'bin', 'mvn'));
    jars();
    expect(said.mock.calls).toEqual([['Installing reader, once\n']]);
  });

  it('is installed anew when its pom changes, and the earlier one is removed', () => {
    jars();
    const [before] = installed();
    lock('<project>2</project>');
    expect(readFileSync(join(jars(), 'reader.jar'), 'utf8')).toBe('<project>2</project>');
    expect(installed()).not.toContain(before);
  });

  it.each([
    ['has another hash', sum('another')],
    ['is not listed', '\n'],
    ['is missing', `${sum('<project/>')}${'0'.repeat(64)}  other.jar\n`],
  ])('is not used if a jar %s', (_about, sums) => {
    lock('<project/>', sums);
    expect(jars).toThrow('the jars of the peer reader are not those in its SHA256SUMS');
    expect(installed()).toEqual([]);
  });

  it('says what Maven said when it cannot be fetched, and leaves nothing behind', () => {
    lock('<project>unknown</project>');
    expect(jars).toThrow('could not install the peer reader:\nCould not find artifact');
    expect(installed()).toEqual([]);
  });

  it.each([
    ['17.0.15', 'javac 17.0.15'],
    ['11', 'javac 11'],
  ])('runs on Java %s', (_version, prints) => {
    process.env.JAVAC_PRINTS = prints;
    expect(java()).toBe('java');
  });

  it('says what to install on a machine whose Java is too old', () => {
    process.env.JAVAC_PRINTS = 'javac 1.8.0_392';
    expect(java).toThrow(JavaMissing);
    expect(java).toThrow('javac is version 8: install a JDK, version 11 or newer, and Apache Maven');
  });

  it('says what to install on a machine without Java and Maven', () => {
    process.env.PATH = folders.locks;
    expect(java).toThrow('javac is not on the PATH: install a JDK, version 11 or newer, and Apache Maven');
    expect(jars).toThrow(JavaMissing);
    expect(jars).toThrow('mvn is not on the PATH: install Apache Maven');
  });
});

describe('the Hive SerDe', () => {
  const file = (name: string) => readFileSync(join(projectRoot, 'tools/peers/hive-serde', name), 'utf8');

  it('has a pinned version and a hash of every jar', () => {
    const pom = file('pom.xml');
    const named = [
      ...pom.matchAll(/<artifactId>(\S+)<\/artifactId>\s*<version>(\d\S*)<\/version>\s*<exclusions>/g),
    ];
    const listed = file('SHA256SUMS').trim().split('\n');
    expect(named.length).toBeGreaterThan(5);
    expect(listed.map((line) => line.slice(66)).sort()).toEqual(
      named.map(([, artifact, version]) => `${artifact}-${version}.jar`).sort(),
    );
    for (const line of listed) expect(line).toMatch(/^[0-9a-f]{64} {2}\S+\.jar$/);
  });
});
