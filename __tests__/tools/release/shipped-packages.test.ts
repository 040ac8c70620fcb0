import { installedWith, packagesOf } from '../../../tools/release/shipped-packages';

describe('the packages of files', () => {
  it('are the innermost folders in node_modules', () => {
    const files = [
      'handlers/core/index.ts',
      'node_modules/zod/mini/index.js',
      'node_modules/@smithy/core/dist-es/index.js',
      'node_modules/@smithy/core/dist-es/other.js',
      'node_modules/@a/b/node_modules/c/index.js',
      '../elsewhere/node_modules/d/index.js',
    ];
    expect([...packagesOf(files)]).toEqual([
      'node_modules/zod',
      'node_modules/@smithy/core',
      'node_modules/@a/b/node_modules/c',
      'node_modules/d',
    ]);
  });
});

describe('what is installed with a package', () => {
  const lock = {
    'node_modules/a': { dependencies: { b: '^1', c: '^1' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '^1' }, optionalDependencies: { absent: '^1' } },
    'node_modules/b': {},
    'node_modules/c': { dependencies: { a: '^1' }, peerDependencies: { '@s/peer': '*', unused: '*' } },
    'node_modules/@s/peer': { dependencies: { b: '^2' } },
    'node_modules/tool': {},
  };

  it('is what its dependencies need, as Node.js finds it: the nearest one first', () => {
    expect([...installedWith({ dependencies: { a: '^1' } }, lock)]).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/@s/peer',
      'node_modules/b',
    ]);
  });

  it('has to be in the lock file', () => {
    expect(() => installedWith({ dependencies: { none: '1' } }, lock)).toThrow(
      'package-lock.json does not have none, which the package needs',
    );
  });
});
