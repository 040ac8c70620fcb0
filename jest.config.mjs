import './tools/support/check-installation.cjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Bundles that the processes of this run share: constructs/functions/shared-source.ts.
const sources = mkdtempSync(join(tmpdir(), 'iam-credential-reports-sources-'));
process.env.SOURCES_OF_TEST_RUN = sources;
process.once('exit', () => {
  rmSync(sources, { recursive: true, force: true });
});

const project = {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/__tests__/support/quiet.ts'],
  transform: {
    '\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
  // Packages that are ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(p-map|@inquirer|mute-stream|cli-width|fast-[a-z-]+|signal-exit|puppeteer-core|@puppeteer|chromium-bidi)/)',
  ],
  // Anything that a run leaves behind: bundles, synthesized stacks, buckets.
  modulePathIgnorePatterns: [
    '<rootDir>/cdktf.out',
    '<rootDir>/dist',
    '<rootDir>/local-run',
    '<rootDir>/tools/cdktn',
    '<rootDir>/.stryker-tmp',
  ],
};

export default {
  testTimeout: 120_000,
  // Jest leaves one processor idle, which is half of a small machine.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/__tests__/support/longest-first.cjs',
  projects: [
    { ...project, displayName: 'unit', testMatch: ['<rootDir>/__tests__/**/*.test.ts'] },
    {
      ...project,
      displayName: 'moto',
      testMatch: ['<rootDir>/__tests__/**/*.moto.ts'],
      globalSetup: '<rootDir>/__tests__/support/emulator/install.ts',
    },
    {
      ...project,
      displayName: 'policies',
      testMatch: ['<rootDir>/__tests__/tools/policies/*.policies.ts'],
      globalSetup: '<rootDir>/tools/policies/evaluator.ts',
    },
    {
      ...project,
      displayName: 'readers',
      testMatch: ['<rootDir>/__tests__/readers/*.readers.ts'],
      globalSetup: '<rootDir>/__tests__/readers/install.ts',
    },
    {
      ...project,
      displayName: 'peers',
      testMatch: ['<rootDir>/__tests__/peers/*.peers.ts'],
      globalSetup: '<rootDir>/__tests__/peers/install.ts',
    },
    {
      ...project,
      displayName: 'e2e',
      testMatch: ['<rootDir>/__tests__/**/*.e2e.ts'],
      globalSetup: '<rootDir>/__tests__/e2e/install.ts',
    },
  ],
};
