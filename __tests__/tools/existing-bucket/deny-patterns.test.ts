/** The table of deny patterns says what happens to requests of the functions. */
import { Environment } from '../../../constructs/environment/environment';
import { bucketPlaceOf } from '../../../handlers/shared/aws/report-bucket';
import { bucketSettings, readSettings } from '../../../handlers/shared/settings';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { environments, organizationId, patterns } from '../../support/deny-patterns';
import { writeEverything } from '../../support/every-call';
import { reportStore } from '../../support/report-store';

const ROLE = 'arn:aws:iam::111111111111:role/iam-credential-reports-test-list-accounts';

/** What the functions of an environment say of the objects that they create. */
function protectionIn(environment: object) {
  const { variables } = new SynthesizedStack(environment).resource('list-accounts/function').environment as {
    variables: Record<string, string>;
  };
  return bucketPlaceOf(readSettings(bucketSettings, variables)).protection ?? {};
}

/** Whether the functions can write under a policy. */
async function canWrite(environment: object, statement: (typeof patterns)[number]['statement']) {
  const callers = { 'aws:PrincipalOrgID': organizationId, 'aws:PrincipalArn': ROLE };
  const store = reportStore({ denials: [statement], callers, protection: protectionIn(environment) });
  try {
    await writeEverything(store);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'AccessDenied' });
    return false;
  }
}

describe.each(environments)('the environment %j', (environment) => {
  it('passes the patterns that the table says, and no others', async () => {
    const chosen = Environment.parse(environment);
    const found: [string, boolean][] = [];
    for (const { statement } of patterns) found.push([statement.Sid, await canWrite(environment, statement)]);
    expect(found).toEqual(patterns.map(({ statement, isPassed }) => [statement.Sid, isPassed(chosen)]));
  });
});

describe('a statement with an exception for the roles of the functions', () => {
  it.each(patterns.map(({ statement }) => [statement.Sid, statement] as const))(
    '%s is passed by every environment',
    async (_, statement) => {
      const ArnNotLike = {
        'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/iam-credential-reports-test-*',
      };
      const Condition = { ...statement.Condition, ArnNotLike };
      expect(await canWrite(environments[0]!, { ...statement, Condition })).toBe(true);
    },
  );
});
