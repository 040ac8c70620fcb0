/** Asks for the code of an MFA device, as the AWS CLI does for a profile with `mfa_serial`. */
import { suspendable } from '../suspendable';

/** Streams to use instead of those of the process. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Standard output may be JSON. */
const processTerminal: Terminal = { input: process.stdin, output: process.stderr };

/**
 * @param profile - the profile that needs the code
 * @param device - ARN or serial number
 * @throws without a terminal
 */
export async function askMfaCode(
  profile: string,
  device: string,
  terminal = processTerminal,
): Promise<string> {
  if (!(terminal.input.isTTY && terminal.output.isTTY)) {
    throw new Error(
      `profile ${profile} needs a code of MFA device ${device}, which can only be asked for on a terminal; export a ` +
        `session instead: aws configure export-credentials --profile ${profile} --format env`,
    );
  }
  const { default: input } = await import('@inquirer/input');
  try {
    const prompt = { message: `MFA code of ${device}`, validate: isCode };
    return await suspendable(terminal.input, () => input(prompt, terminal));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExitPromptError')) throw error;
    // While the prompt reads keys, Ctrl-C does not arrive as a signal.
    if (!process.emit('SIGINT', 'SIGINT')) process.exit(130);
    throw new Error('No MFA code was entered');
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const isCode = (text: string) => /^\d{6}$/.test(text) || 'Enter the 6 digits that the device shows';
