/** Starts the tests that take minutes first, so that no processor waits for one of them at the end. */
'use strict';
const Sequencer = require('@jest/test-sequencer').default;

const LONG = [
  'second-apply.e2e',
  'deployment.e2e',
  'documented-commands.e2e',
  'plan-review.e2e',
  'doctor.e2e',
  'tools/faults/collection',
  'enforcement-',
  'local/main',
  'local/interruption',
  'configure/command',
];

/** Place in the list; behind it, Jest's own order stays. */
const placeOf = ({ path }) => {
  const place = LONG.findIndex((part) => path.replaceAll('\\', '/').includes(part));
  return place < 0 ? LONG.length : place;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
};
