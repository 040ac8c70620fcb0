import { peerProgram } from '../../tools/peers/peer-program';
import installEvaluator from '../../tools/policies/evaluator';
import installEmulator from '../support/emulator/install';
import { terraformPlugins } from './terraform-plugins';

/** Before any test, so that no test's time counts it: installs what these tests use, or says what they need. */
export default function install(): void {
  terraformPlugins();
  installEmulator();
  installEvaluator();
  peerProgram('cfn-lint');
}
