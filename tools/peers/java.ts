import { spawnSync } from 'node:child_process';

/** A Java peer cannot be installed on this machine; the message says what to install. */
export class JavaMissing extends Error {
  override readonly name = 'JavaMissing';
}

/** Runs a single source file without a build (https://openjdk.org/jeps/330). */
const MINIMUM = 11;

/**
 * The command that runs a Java source file. That needs the compiler, which a runtime does not have.
 * @throws {@link JavaMissing}
 */
export function java(): string {
  const found = Number(/^javac (?:1\.)?(\d+)/m.exec(printed('javac', '-version'))?.[1]);
  if (found >= MINIMUM) return 'java';
  throw new JavaMissing(
    `${Number.isNaN(found) ? 'javac is not on the PATH' : `javac is version ${found}`}: install a JDK, version ${MINIMUM} or newer, and Apache Maven (for example the packages default-jdk-headless and maven)`,
  );
}

/**
 * The command that starts Maven, which fetches what Java programs consist of.
 * @throws {@link JavaMissing}
 */
export function maven(): string {
  const command = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
  if (/^\S*Apache Maven/m.test(printed(command, '--version'))) return command;
  throw new JavaMissing(`${command} is not on the PATH: install Apache Maven (https://maven.apache.org)`);
}

function printed(command: string, option: string): string {
  // A test's own variables, which Jest keeps in a copy, would not reach the program without `env`.
  const { stdout, stderr } = spawnSync(command, [option], {
    encoding: 'utf8',
    env: process.env,
    shell: process.platform === 'win32',
  });
  // Older versions of javac print to stderr. Both are null if there is no such command.
  return `${(stdout as string | null) ?? ''}\n${(stderr as string | null) ?? ''}`;
}
