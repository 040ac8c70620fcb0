/** The prompt library on streams instead of a terminal. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { askMfaCode } from '../../../local/aws-configuration/mfa-code';

const [ENTER, CTRL_C, CTRL_U] = ['\r', '\u0003', '\u0015'];
const DEVICE = 'arn:aws:iam::111122223333:mfa/me';
const PROMPT = `MFA code of ${DEVICE}`;
const REFUSAL = 'Enter the 6 digits that the device shows';

/** What a person is shown and gets who types each answer when its text appears. */
async function asked(answers: [shown: string, keys: string][], isTTY = true) {
  const terminal = {
    input: Object.assign(new PassThrough(), { isTTY }),
    output: Object.assign(new PassThrough(), { isTTY }),
  };
  const left = [...answers];
  let shown = '';
  terminal.output.on('data', (data: Buffer) => {
    shown += stripVTControlCharacters(data.toString());
    const [next] = left;
    if (next && shown.includes(next[0])) {
      left.shift();
      // The prompt reads keys after it has drawn itself.
      setImmediate(() => terminal.input.write(next[1]));
    }
  });
  return { code: await askMfaCode('ops', DEVICE, terminal), shown };
}

describe('the code of an MFA device', () => {
  it('is asked for on a terminal', async () => {
    const { code, shown } = await asked([[PROMPT, `123456${ENTER}`]]);
    expect(code).toBe('123456');
    expect(shown).toContain(PROMPT);
  });

  it.each([[''], ['12345'], ['12345x']])('is asked for again after "%s"', async (text) => {
    const { code, shown } = await asked([
      [PROMPT, `${text}${ENTER}`],
      [REFUSAL, `${CTRL_U}123456${ENTER}`],
    ]);
    expect(code).toBe('123456');
    expect(shown).toContain(REFUSAL);
  });

  it('ends the command as Ctrl-C does elsewhere', async () => {
    const interrupted = jest.fn();
    process.once('SIGINT', interrupted);
    await expect(asked([[PROMPT, CTRL_C]])).rejects.toThrow('No MFA code was entered');
    expect(interrupted).toHaveBeenCalledTimes(1);
  });

  it('cannot be asked for without a terminal: the error says how to export a session', async () => {
    await expect(asked([], false)).rejects.toThrow(
      `profile ops needs a code of MFA device ${DEVICE}, which can only be asked for on a terminal; export a session ` +
        'instead: aws configure export-credentials --profile ops --format env',
    );
  });
});
