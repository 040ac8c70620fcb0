import { executionLink, objectLink } from '../../../handlers/shared/console-link';

const place = (partition: string, region: string) => ({ partition, region });

describe('a link to the console', () => {
  it.each([
    ['aws', 'eu-central-1', 'https://eu-central-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com'],
  ])('has the host of the partition %s', (partition, region, host) => {
    expect(objectLink(place(partition, region), 'reports', 'organization/2026-11-22/index.html')).toBe(
      `${host}/s3/object/reports?region=${region}&prefix=organization/2026-11-22/index.html`,
    );
    expect(executionLink(place(partition, region), 'arn:aws:states:x')).toBe(
      `${host}/states/home?region=${region}#/v2/executions/details/arn:aws:states:x`,
    );
  });

  it.each(['aws-iso', 'aws-iso-b', 'aws-eusc'])(
    'is none in the partition %s, whose console is not known',
    (partition) => {
      expect(objectLink(place(partition, 'us-iso-east-1'), 'reports', 'a')).toBeUndefined();
      expect(executionLink(place(partition, 'us-iso-east-1'), 'arn')).toBeUndefined();
    },
  );

  it('has no character at which a mail program ends a link, or the console a key', () => {
    expect(objectLink(place('aws', 'us-east-1'), 'reports', 'my team/ä&b=c#d"e/f+g.csv')).toBe(
      'https://us-east-1.console.aws.amazon.com/s3/object/reports?region=us-east-1&prefix=my%20team/%C3%A4%26b%3Dc%23d%22e/f%2Bg.csv',
    );
  });
});
