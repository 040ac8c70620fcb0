/** Installs what the tests need besides npm's packages, or says what is missing: `npm run test:install`. */
import { commandLine } from '../local/command-line';
import { runCommand } from '../local/run-command';
import installEvaluator from '../tools/policies/evaluator';
import installForEndToEnd from './e2e/install';
import installPeers from './peers/install';
import installReaders from './readers/install';
import installEmulator from './support/emulator/install';

commandLine({
  script: 'test:install',
  description:
    'Installs what the tests need besides the packages of npm ci; a suite does it by itself otherwise.',
  exitCodes: '0: everything is installed; 1: something is missing, or a registry does not answer',
}).parse();

runCommand(() => {
  for (const install of [installForEndToEnd, installEmulator, installEvaluator, installReaders, installPeers])
    install();
});
