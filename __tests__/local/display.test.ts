import { PassThrough } from 'node:stream';
import { displayOn } from '../../local/display';

/** What is shown of a text, in a terminal or elsewhere. */
function shown(text: string, isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  displayOn(stream).say(text);
  return String((stream as unknown as PassThrough).read());
}

describe('the display of a local run', () => {
  it.each([true, false])('shows no control character of a name or an error (terminal: %s)', (isTTY) => {
    const text = 'Sent:\n  | \u001b[2J\u009b1m\u202eevil\r: denied';
    expect(shown(text, isTTY)).toBe('Sent:\n  | ?[2J?1m?evil?: denied\n');
  });

  it('shows the cursor and wraps lines at the end of the process, though a terminal discarded that before', () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const before = process.listeners('exit');
    const display = displayOn(stream as unknown as NodeJS.WriteStream);
    display.expect(2);
    display.expect(2);
    display.done();
    stream.read();
    const added = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    for (const listener of added) {
      listener(0);
      process.off('exit', listener);
    }
    expect(String(stream.read())).toBe('\u001b[?25h\u001b[?7h');
  });
});
