import { java } from '../../tools/peers/java';
import { mavenJars } from '../../tools/peers/maven-jars';
import { peerProgram } from '../../tools/peers/peer-program';
import installEvaluator from '../../tools/policies/evaluator';

/** Before any test, so that no test's time counts it: installs the readers, or says what they need. */
export default function install(): void {
  installEvaluator();
  java();
  mavenJars('hive-serde');
  for (const peer of ['duckdb', 'pandas']) peerProgram(peer, 'python');
}
