import { peerProgram } from '../../../tools/peers/peer-program';

/** Before any test, so that no test's time counts it: installs moto and the AWS CLI, or says what they need. */
export default function install(): void {
  peerProgram('moto', 'moto_server');
  peerProgram('aws-cli', 'aws');
}
