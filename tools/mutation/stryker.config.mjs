/** Mutation tests: Stryker changes the code in small ways, and for each change a test has to fail. */
export default {
  testRunner: 'jest',
  jest: { configFile: 'tools/mutation/jest.config.mjs' },
  // Each mutant runs only the tests that reach it.
  coverageAnalysis: 'perTest',
  // What a text says is for people. It may be worded better without a test that repeats it.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 2,
  // A busy machine is not a mutant that never ends: endless loops are found by counting, long before this time is over.
  timeoutMS: 60_000,
  // A mutant whose code and tests did not change keeps its last result. A mutant of what is made when a file is loaded
  // keeps it even if a test changed, so files that are named on the command line are measured completely.
  incremental: true,
  // What no test of a handler needs is not copied.
  ignorePatterns: [
    '/cdktf.out',
    '/docs',
    '/examples',
    '/golden',
    '/local-run',
    '/schemas',
    '/tools/*/node_modules',
  ],
  logLevel: 'warn',
  // Objects that are made when a file is loaded need the file to be loaded for each mutant. They are to be tested too.
  warnings: { slow: false },
  reporters: ['progress'],
};
