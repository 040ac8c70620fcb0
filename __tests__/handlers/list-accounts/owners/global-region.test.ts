import { globalRegion } from '../../../../handlers/list-accounts/owners/global-region';

it.each([
  ['eu-central-1', 'us-east-1'],
  ['af-south-1', 'us-east-1'],
  ['cn-north-1', 'cn-northwest-1'],
  ['us-gov-east-1', 'us-gov-west-1'],
])('AWS Organizations of a run in %s is in %s', (region, expected) => {
  expect(globalRegion(region)).toBe(expected);
});
