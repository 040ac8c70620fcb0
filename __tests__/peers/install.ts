import { peerProgram } from '../../tools/peers/peer-program';

/** Before any test, so that no test's time counts it: installs the peers, or says what they need. */
export default function install(): void {
  peerProgram('checkov');
  peerProgram('localstack', 'python');
  peerProgram('moto', 'moto_server');
  peerProgram('ocsf', 'python');
  peerProgram('prowler');
  peerProgram('cloud-custodian', 'custodian');
}
