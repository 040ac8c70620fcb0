import { unzipSync } from 'fflate';
import { reproducibleZip } from '../../constructs/reproducible-zip';

const files = { 'main.tf': Buffer.from('module {}\n'), 'functions/index.js': Buffer.from('void 0;\n') };
const zone = process.env.TZ;
afterEach(() => {
  jest.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe('a reproducible zip', () => {
  it('has the files', () => {
    const contents = Object.entries(unzipSync(reproducibleZip(files)));
    expect(contents.map(([name, content]) => [name, Buffer.from(content)])).toEqual(Object.entries(files));
  });

  it('has the same bytes at any time and in every time zone', () => {
    const zips = ['UTC', 'Pacific/Chatham'].map((one, years) => {
      process.env.TZ = one;
      jest.useFakeTimers({ now: Date.UTC(2026 + years, 0) });
      return Buffer.from(reproducibleZip(files)).toString('hex');
    });
    expect(new Set(zips).size).toBe(1);
  });
});
