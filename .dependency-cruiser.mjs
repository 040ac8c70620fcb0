/** Which folder may import which. Type imports count. Paths are relative to the project and resolved. */

/** Handlers that one function alone uses. */
const FUNCTION = '(list-accounts|collect-reports|summarize-run|export-results)';
/** Handlers that compute and do no I/O. */
const PURE = '^handlers/(core|checks|frameworks|credential-report|report-review|export-results/ocsf)/';

const forbidden = [
  {
    name: 'no-circle',
    comment:
      'Modules that import each other cannot be understood or tested one at a time: move what both need.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'handlers-are-bundled-alone',
    comment:
      'A function is deployed with what it imports: nothing of the infrastructure, the local run or the tools.',
    from: { path: '^handlers/' },
    to: { path: ['^(constructs|local|tools)/', '^main[.]ts$', '^node_modules/(cdktf|constructs|@cdktf)/'] },
  },
  {
    name: 'pure-handlers-do-no-io',
    comment: 'Neither directly nor by what they import. Read and write in the folder of the function.',
    from: { path: PURE },
    to: {
      path: [
        '^node_modules/(@aws-sdk|@smithy)/',
        '^(node:)?(fs|http|https|http2|net|tls|dns|timers|child_process|worker_threads)(/|$)',
        '^handlers/shared/(aws/|log[.]ts$)',
      ],
      reachable: true,
    },
  },
  {
    name: 'checks-stand-alone',
    comment: 'A check judges one row of a report: it needs the row and nothing else of the run.',
    from: { path: '^handlers/checks/' },
    to: { path: '^handlers/', pathNot: '^handlers/(checks|credential-report)/' },
  },
  {
    name: 'frameworks-are-data',
    comment: 'A framework names checks by their IDs: a new one is a data file and no code.',
    from: { path: '^handlers/frameworks/' },
    to: { path: '^handlers/', pathNot: '^handlers/frameworks/' },
  },
  {
    name: 'functions-share-through-shared',
    comment: 'Move what two functions need to handlers/shared or handlers/core.',
    from: { path: `^handlers/${FUNCTION}/` },
    to: { path: `^handlers/${FUNCTION}/`, pathNot: '^handlers/$1/' },
  },
  {
    name: 'shared-handlers-know-no-function',
    comment: 'What every function uses cannot depend on one of them.',
    from: { path: '^handlers/(shared|core|checks|frameworks|credential-report|report-review)/' },
    to: { path: `^handlers/${FUNCTION}/` },
  },
  {
    name: 'constructs-know-settings-only',
    comment:
      'Infrastructure sets the variables of a function, which its settings.ts names; its code is bundled, not imported.',
    from: { path: '^constructs/' },
    to: { path: `^handlers/${FUNCTION}/`, pathNot: '/settings[.]ts$' },
  },
  {
    name: 'deployed-code-needs-no-tool',
    comment:
      'Tools and the local run import what is deployed, never the reverse; the local run needs no tool.',
    from: { path: '^(constructs|local)/|^main[.]ts$' },
    to: { path: '^tools/' },
  },
  {
    name: 'constructs-know-no-local-run',
    from: { path: '^constructs/|^main[.]ts$' },
    to: { path: '^local/' },
  },
  {
    name: 'only-tests-import-tests',
    comment: 'Move what tests and tools share to tools/support.',
    from: { pathNot: '^__tests__/' },
    to: { path: '^__tests__/' },
  },
];

export default {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tools/[^/]+/node_modules/' },
  },
};
