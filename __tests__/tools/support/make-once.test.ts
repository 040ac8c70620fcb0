import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../tools/support/embedded';
import { makeOnce } from '../../../tools/support/make-once';

describe('a folder that is made once', () => {
  let remove: () => void;
  let path: string;

  const write = (text: string) => (folder: string) => {
    writeFileSync(join(folder, 'text'), text);
  };
  const text = () => readFileSync(join(path, 'text'), 'utf8');

  beforeEach(() => {
    const temporary = temporaryFolder();
    remove = temporary.remove;
    path = join(temporary.folder, 'below', 'made');
  });

  afterEach(() => {
    remove();
  });

  it('is not made again', () => {
    makeOnce(path, write('first'));
    expect(makeOnce(path, write('second'))).toBe(path);
    expect(text()).toBe('first');
  });

  it('cannot be seen before it is complete', () => {
    makeOnce(path, (folder) => {
      write('half')(folder);
      expect(existsSync(path)).toBe(false);
    });
    expect(text()).toBe('half');
  });

  it('leaves nothing behind when it cannot be made', () => {
    const fail = () => {
      throw new Error('no network');
    };
    expect(() => makeOnce(path, fail)).toThrow('no network');
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is the one of the process that finishes first, when two make it at once', () => {
    makeOnce(path, (folder) => {
      write('slower')(folder);
      makeOnce(path, write('faster'));
    });
    expect(text()).toBe('faster');
    expect(readdirSync(join(path, '..'))).toHaveLength(2);
  });

  it('is made again when what its link points to was removed', () => {
    makeOnce(path, (folder) => {
      write('first')(folder);
    });
    for (const name of readdirSync(join(path, '..'))) {
      if (name !== 'made') rmSync(join(path, '..', name), { recursive: true });
    }
    makeOnce(path, write('second'));
    expect(text()).toBe('second');
  });
});
