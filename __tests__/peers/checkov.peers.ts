import { execFileSync } from 'node:child_process';
import { peerProgram } from '../../tools/peers/peer-program';

/** checkov judges what is synthesized. */
it('is checkov 3.3.30', () => {
  expect(execFileSync(peerProgram('checkov'), ['--version'], { encoding: 'utf8' }).trim()).toBe('3.3.30');
});
