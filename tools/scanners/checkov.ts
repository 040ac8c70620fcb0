/** Runs checkov, an independent scanner, on stacks. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../local/temporary-folder';
import { peerProgram } from '../peers/peer-program';
import { planOf } from './plan-of-stack';

/** What checkov says of a resource. */
export interface Finding {
  readonly stack: string;
  readonly rule: string;
  readonly resource: string;
  readonly passed: boolean;
}

interface Report {
  readonly summary: { readonly parsing_errors: number };
  readonly results: Record<'passed_checks' | 'failed_checks', readonly Check[]>;
}

interface Check {
  readonly check_id: string;
  readonly file_path: string;
  readonly resource: string;
}

/**
 * Every verdict of checkov about stacks. It reads each as it is synthesized and as a plan, because it judges policies in
 * plans only. One process reads all, since it takes seconds to start.
 * @param stacks - text of each `cdk.tf.json`, by the name of its stack
 * @throws if checkov cannot read one of them
 */
export function checkov(stacks: ReadonlyMap<string, string>): Finding[] {
  const folder = new TemporaryFolder('checkov');
  try {
    for (const [stack, text] of stacks) {
      mkdirSync(join(folder.path, stack));
      writeFileSync(join(folder.path, stack, 'cdk.tf.json'), text);
      writeFileSync(join(folder.path, stack, 'plan.json'), planOf(text));
    }
    const options = ['-d', '.', '--skip-download', '-o', 'json', '--compact'];
    const frameworks = ['--framework', 'terraform_json', 'terraform_plan'];
    const { stdout, stderr } = spawnSync(peerProgram('checkov'), [...options, ...frameworks], {
      cwd: folder.path,
      encoding: 'utf8',
      maxBuffer: 1024 ** 3,
      // The settings of the user, which checkov also reads, change nothing.
      env: { ...process.env, HOME: folder.path },
    });
    // One report is not in a list.
    const reports = [JSON.parse(stdout) as Report | Report[]].flat();
    const unread = reports.reduce((count, { summary }) => count + summary.parsing_errors, 0);
    if (unread > 0) throw new Error(`checkov could not read ${unread} of the stacks:\n${stderr}`);
    return reports.flatMap(findingsOf);
  } finally {
    folder.remove();
  }
}

const findingsOf = ({ results }: Report): Finding[] =>
  (['passed_checks', 'failed_checks'] as const).flatMap((verdict) =>
    results[verdict].map(({ check_id: rule, file_path: path, resource }) => ({
      stack: path.split('/')[1] ?? '',
      rule,
      resource,
      passed: verdict === 'passed_checks',
    })),
  );
