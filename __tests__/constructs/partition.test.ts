import { knowledgeOfRegion, partitionOf } from '../../constructs/partition';

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
