/** The prompt library on streams instead of a terminal. */
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { Interrupted } from '../../../tools/configure/interview';
import { terminalPrompter } from '../../../tools/configure/prompter';
import { explanationOf } from '../../../tools/configure/question';
import { questions } from '../../../tools/configure/questions';

const [ENTER, DOWN, CTRL_C, CTRL_U] = ['\r', '\u001b[B', '\u0003', '\u0015'];
const question = (id: string) => questions.find((one) => one.id === id)!;

/** What a person sees and answers by pressing these keys one after the other. */
async function answered(id: string, proposal: string, keys: string[], problemsWith = (_: string) => '') {
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  let shown = '';
  terminal.output.on('data', (data: Buffer) => (shown += data.toString()));
  const answer = terminalPrompter(terminal).ask(question(id), proposal, problemsWith);
  answer.catch(() => undefined);
  for (const key of keys) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    terminal.input.write(key);
  }
  return { answer: await answer, shown };
}

describe('the prompter', () => {
  it('explains the question and proposes an answer', async () => {
    const { answer, shown } = await answered('region', 'eu-central-1', [ENTER]);
    expect(answer).toBe('eu-central-1');
    const plain = stripVTControlCharacters(shown).replaceAll(/\s+/g, ' ');
    expect(plain).toContain(`${question('region').prompt} ${explanationOf(question('region'))}`);
  });

  it.each([
    ['retentionDays', '400', '[- leaves it empty]'],
    ['hour', '3', '[- for the default]'],
  ])('removes what is proposed for %s', async (id, proposal, hint) => {
    const { answer, shown } = await answered(id, proposal, ['-', ENTER]);
    expect(answer).toBe('');
    expect(shown).toContain(hint);
  });

  it('breaks an explanation between words', async () => {
    const { shown } = await answered('targets', '', [ENTER]);
    const words = new Set(stripVTControlCharacters(shown).split(/\s+/));
    for (const word of explanationOf(question('targets')).split(' ')) expect(words).toContain(word);
  });

  it('does not offer to remove a default', async () => {
    expect((await answered('hour', '8', [ENTER])).shown).not.toContain('[-');
  });

  it('says what is wrong and asks again', async () => {
    const { answer, shown } = await answered('hour', '8', ['99', ENTER, CTRL_U + '9', ENTER], (hour) =>
      Number(hour) > 23 ? 'must be at most 23' : '',
    );
    expect(answer).toBe('9');
    expect(shown).toContain('must be at most 23');
  });

  it('offers choices, but none that would be refused', async () => {
    const problems = (answer: string) => (answer === 'new-key' ? 'not here' : '');
    const { answer, shown } = await answered(
      'encryption',
      's3-managed',
      [DOWN, ENTER, DOWN, ENTER],
      problems,
    );
    expect(answer).toBe('existing-key');
    expect(shown).toContain('(not here)');
  });

  it('throws for Ctrl-C', async () => {
    await expect(answered('region', 'eu-central-1', [CTRL_C])).rejects.toThrow(Interrupted);
  });
});
