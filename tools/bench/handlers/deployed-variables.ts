import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { readStack } from '../../../local/synthesized-stack';
import { Synthesis } from '../../../local/synthesis';
import { COLLECTING_ACCOUNT } from '../model';
import { BUCKET } from './endpoint';

/** The environment variables of `collect-reports` as deployed, except for the bucket. */
export async function deployedVariables(): Promise<Record<string, string>> {
  const synthesis = await Synthesis.make();
  try {
    const { functions } = readStack(synthesis.fileOf(synthesis.environments[0] ?? ''), COLLECTING_ACCOUNT);
    const deployed = functions.find(({ name }) => name.endsWith('collect-reports'));
    return { ...deployed?.environment, [collectReportsSettings.reportBucket.variable]: BUCKET };
  } finally {
    synthesis.remove();
  }
}
