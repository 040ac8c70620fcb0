/** Comments name the folders too. */
const COMMENT = /\/\*.*?\*\/|^\s*\/\/.*?$/gms;

/** The folders of environments and of what is synthesized from them, or another program, which can read anything. */
const READS = /['"`/](environments|golden)['"`/]|node:child_process|support\/pseudo-terminal['"]/;

const COPY = /support\/project-copy['"]/;
const CHECKOUT = /\b(projectRoot|__dirname)\b|process\.cwd\b/;
const START = /(?<![.\w])(?:spawn|spawnSync|execFile|execFileSync|exec|execSync|inTerminal)\(/;

/** Whether a file of code can read the environments of the checkout: by itself, or with a program that it starts. */
export function mayRead(code: string): boolean {
  const statements = code.replaceAll(COMMENT, '');
  return READS.test(statements) && !staysInCopy(statements);
}

/**
 * Whether a test is about a copy of the project, which has environments of its own: it does not know where the checkout is,
 * and says of every program that it starts in which folder.
 */
function staysInCopy(statements: string): boolean {
  const [, ...starts] = statements.split(START);
  return (
    COPY.test(statements) && !CHECKOUT.test(statements) && starts.every((start) => /\bcwd\b/.test(start))
  );
}
