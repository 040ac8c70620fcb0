import { conflictsWith } from '../../../constructs/environment/conflicts';
import { Environment } from '../../../constructs/environment/environment';

/** Problems of the environment `two` beside `one`, by their backends. */
function problems(one?: object, two?: object): string[] {
  const [first, second] = [one, two].map((backend, index) =>
    Environment.parse({ reportRoleName: `reader-${index}`, backend }),
  );
  return conflictsWith(new Map([['one', first!]]), 'two', second!).map(({ text }) => text);
}

const s3 = (key?: string) => ({ kind: 's3', bucket: 'states', region: 'us-east-1', key });
const cloud = (workspace?: string, hostname?: string) => ({
  kind: 'cloud',
  organization: 'example',
  workspace,
  hostname,
});

describe('the state of two environments', () => {
  it('cannot have the same key, and the message says what would happen', () => {
    expect(problems(s3('reports.tfstate'), s3('reports.tfstate'))).toEqual([
      'backend.key must differ: one.json keeps its state in the same place, and Terraform would replace one environment with ' +
        'the other; got "reports.tfstate"',
    ]);
  });

  it('cannot be in the same workspace', () => {
    expect(problems(cloud('reports'), cloud('reports'))).toEqual([
      'backend.workspace must differ: one.json keeps its state in the same place, and Terraform would replace one environment ' +
        'with the other; got "reports"',
    ]);
    expect(problems(cloud('reports'), cloud('reports', 'app.terraform.io'))).toHaveLength(1);
  });

  it('cannot be where the other one is by default', () => {
    expect(problems(s3(), s3('iam-credential-reports/one/terraform.tfstate'))).toHaveLength(1);
    expect(problems(s3('iam-credential-reports/two/terraform.tfstate'), s3())).toHaveLength(1);
    expect(problems(cloud(), cloud('one'))).toHaveLength(1);
  });

  it('is in different places by default', () => {
    expect(problems()).toEqual([]);
    expect(problems(s3(), s3())).toEqual([]);
    expect(problems(cloud(), cloud())).toEqual([]);
    expect(problems(s3('a'), s3('b'))).toEqual([]);
    expect(problems(s3('a'), { ...s3('a'), bucket: 'other-states' })).toEqual([]);
    expect(problems(cloud('reports'), cloud('reports', 'terraform.example.com'))).toEqual([]);
  });
});
