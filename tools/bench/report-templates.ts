import { credentialReport } from '../../local/fake-aws/organization/credential-report';

/** Reports that differ; all others repeat one of them under another account ID. */
const TEMPLATES = 16;
const PLACEHOLDER = '000000000000';

/** Returns the report of an account, which takes much less time than generating it. */
export function reportTemplates({ users, at }: { users: number; at: Date }): (account: string) => string {
  const templates = Array.from({ length: TEMPLATES }, (_, seed) =>
    credentialReport({ id: PLACEHOLDER, partition: 'aws', seed, users }, at).content.toString(),
  );
  return (account) => templates[Number(account) % TEMPLATES]?.replaceAll(PLACEHOLDER, account) ?? '';
}
