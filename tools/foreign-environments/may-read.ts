/** Comments name the folders too. */
const COMMENT = /\/\*.*?\*\/|^\s*\/\/.*?$/gms;

/** The folders of environments and of what is synthesized from them, or another program, which can read anything. */
const READS = /['"`/](environments|golden)['"`/]|node:child_process|node-pty/;

/** Whether a file of code can read the environments of the checkout: by itself, or with a program that it starts. */
export const mayRead = (code: string): boolean => READS.test(code.replaceAll(COMMENT, ''));
