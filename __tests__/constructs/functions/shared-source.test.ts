import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlerSource } from '../../../constructs/functions/handler-source';
import { sharedSource } from '../../../constructs/functions/shared-source';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
const { SOURCES_OF_TEST_RUN: before } = process.env;
afterAll(() => {
  process.env.SOURCES_OF_TEST_RUN = before;
  remove();
});

const handlers = join(folder, 'handlers');
mkdirSync(join(handlers, 'core'), { recursive: true });
writeFileSync(join(handlers, 'core', 'rule.ts'), 'first');

let made = 0;
const source = (name = 'one') =>
  sharedSource(name, handlers, () => Buffer.from(`${name} ${++made}`)).toString();

describe('the source of a bundle', () => {
  beforeEach(() => {
    process.env.SOURCES_OF_TEST_RUN = folder;
  });

  it('is made once in a test run', () => {
    const first = source();
    expect(source()).toBe(first);
    expect(source('another')).not.toBe(first);
  });

  it('is made again when a file of the handlers has changed, moved or come', () => {
    const sources = [source()];
    const change = (file: string, content: string) => {
      writeFileSync(join(handlers, file), content);
      sources.push(source());
    };
    change('core/rule.ts', 'second');
    change('rule.ts', 'second');
    change('core/other.ts', '');
    expect(new Set(sources).size).toBe(4);
  });

  it('is made each time outside of a test run', () => {
    delete process.env.SOURCES_OF_TEST_RUN;
    const files = readdirSync(folder);
    expect(source()).not.toBe(source());
    expect(readdirSync(folder)).toEqual(files);
  });

  it('is the same, byte for byte, whether it was made or kept', () => {
    const kept = [handlerSource('collect-reports'), handlerSource('collect-reports')];
    delete process.env.SOURCES_OF_TEST_RUN;
    const fresh = Buffer.from(handlerSource('collect-reports'));
    for (const one of kept) expect(fresh.equals(one)).toBe(true);
  });
});
