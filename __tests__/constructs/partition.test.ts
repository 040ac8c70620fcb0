import { defaultRegions } from '../../constructs/default-regions';
import { defaultEnabledRegion, knowledgeOfRegion, partitionOf } from '../../constructs/partition';

describe('a Region', () => {
  it.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-west-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('%s is listed, in the partition %s with the DNS suffix %s', (region, name, dnsSuffix) => {
    expect(knowledgeOfRegion(region)).toBe('listed');
    expect(partitionOf(region)).toEqual({ name, dnsSuffix });
  });

  it.each([
    ['eu-central-3', 'aws'],
    ['ap-northwest-1', 'aws'],
    ['cn-south-1', 'aws-cn'],
    ['us-gov-south-1', 'aws-us-gov'],
    ['us-isof-north-1', 'aws-iso-f'],
    ['eusc-de-west-1', 'aws-eusc'],
  ])('%s, which is not listed, is possible in the partition %s', (region, name) => {
    expect(knowledgeOfRegion(region)).toBe('possible');
    expect(partitionOf(region).name).toBe(name);
  });

  it.each([
    'xx-central-1',
    'eu-isoz-west-1',
    'eu-central',
    'eu-central-1a',
    'EU-CENTRAL-1',
    'aws-global',
    'eu-central-1 ',
    '',
  ])('cannot be called "%s"', (region) => {
    expect(knowledgeOfRegion(region)).toBe('impossible');
  });
});

describe('the Region that every account has enabled', () => {
  it('is each of the 17 that were launched before 20 March 2019, itself', () => {
    expect(defaultRegions.size).toBe(17);
    for (const region of defaultRegions) {
      expect(knowledgeOfRegion(region)).toBe('listed');
      expect(defaultEnabledRegion(region)).toBe(region);
    }
  });

  it.each([
    'af-south-1',
    'ap-east-1',
    'ap-southeast-5',
    'ca-west-1',
    'eu-central-2',
    'il-central-1',
    'me-south-1',
    // Newer than the SDK: accounts opt in to it.
    'eu-central-3',
  ])('is us-east-1 for %s, to which accounts opt in', (region) => {
    expect(defaultEnabledRegion(region)).toBe('us-east-1');
  });

  it.each([
    'cn-north-1',
    'cn-northwest-1',
    'us-gov-east-1',
    'us-gov-west-1',
    'eusc-de-east-1',
    'us-iso-east-1',
    'us-iso-west-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
  ])('is %s itself, because only the partition aws has Regions to opt in to', (region) => {
    expect(defaultEnabledRegion(region)).toBe(region);
  });
});
