/** The prompt library on streams instead of a terminal. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { askMfaCode } from '../../../local/aws-configuration/mfa-code';

const [ENTER, CTRL_C, CTRL_U] = ['\r', '\u0003', '\u0015'];
const DEVICE = 'arn:aws:iam::111122223333:mfa/me';

/** What a person is shown and gets by pressing these keys one after the other. */
async function asked(keys: string[], isTTY = true) {
  const terminal = {
    input: Object.assign(new PassThrough(), { isTTY }),
    output: Object.assign(new PassThrough(), { isTTY }),
  };
  let shown = '';
  terminal.output.on('data', (data: Buffer) => (shown += data.toString()));
  const code = askMfaCode('ops', DEVICE, terminal);
  code.catch(() => undefined);
  for (const key of keys) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.input.write(key);
  }
  return { code: await code, shown: stripVTControlCharacters(shown) };
}

describe('the code of an MFA device', () => {
  it('is asked for on a terminal', async () => {
    const { code, shown } = await asked(['123456', ENTER]);
    expect(code).toBe('123456');
    expect(shown).toContain(`MFA code of ${DEVICE}`);
  });

  it.each([[''], ['12345'], ['12345x']])('is asked for again after "%s"', async (text) => {
    const { code, shown } = await asked([text, ENTER, CTRL_U, '123456', ENTER]);
    expect(code).toBe('123456');
    expect(shown).toContain('Enter the 6 digits that the device shows');
  });

  it('ends the command as Ctrl-C does elsewhere', async () => {
    const interrupted = jest.fn();
    process.once('SIGINT', interrupted);
    await expect(asked([CTRL_C])).rejects.toThrow('No MFA code was entered');
    expect(interrupted).toHaveBeenCalledTimes(1);
  });

  it('cannot be asked for without a terminal: the error says how to export a session', async () => {
    await expect(asked([], false)).rejects.toThrow(
      `profile ops needs a code of MFA device ${DEVICE}, which can only be asked for on a terminal; export a session ` +
        'instead: aws configure export-credentials --profile ops --format env',
    );
  });
});
