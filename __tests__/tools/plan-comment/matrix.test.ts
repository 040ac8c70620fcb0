import { Environment } from '../../../constructs/environment/environment';
import { planned } from '../../../tools/plan-comment/matrix';

it('plans the environments whose state lies in a bucket, each in its Region', () => {
  const backend = { kind: 's3', bucket: 'states', region: 'us-east-1' };
  const environments = new Map([
    ['dev', Environment.parse({})],
    ['production', Environment.parse({ backend, region: 'eu-central-1' })],
    ['staging', Environment.parse({ backend: { kind: 'cloud', organization: 'us' } })],
  ]);
  expect(planned(environments)).toEqual([{ environment: 'production', region: 'eu-central-1' }]);
});
