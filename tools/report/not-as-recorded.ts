import type { Finding } from '../verify/findings';

/** Objects are not as the run recorded them, or could not be read. */
export class NotAsRecorded extends Error {
  override readonly name = 'NotAsRecorded';

  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(lineOf).join('\n'));
  }
}

export const lineOf = ({ status, key, detail }: Finding) => `${status.padEnd(10)}  ${key}: ${detail}`;
