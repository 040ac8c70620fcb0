import { reportLink } from '../../../../../../handlers/summarize-run/output/page/client/report-link';

const KEY = '2026-11-22/credentialReport_123456789012.csv';
const CONSOLE = 'https://us-east-1.console.aws.amazon.com/s3/object/reports?region=us-east-1&prefix=';
const link = (place: string, manifest = '../../manifests/production/00000001.json', console?: string) =>
  reportLink(KEY, new URL(place), manifest, console);

describe('The link of a page to a report', () => {
  it.each([
    ['file:///home/me/bucket/organization/2026-11-22/index.html', '../../'],
    ['file:///home/me/bucket/runs/2026-11-22/run-1/0123456789abcdef/index.html', '../../../../'],
  ])('leads to the file in a copy of the bucket: %s', (place, top) => {
    expect(link(place, `${top}manifests/production/00000001.json`, CONSOLE)).toBe(`${top}${KEY}`);
  });

  it.each(['manifests', 'prod-manifests'])('does so in the environment %s', (environment) => {
    const place = 'file:///bucket/organization/2026-11-22/index.html';
    expect(link(place, `../../manifests/${environment}/00000001.json`)).toBe(`../../${KEY}`);
  });

  it.each([
    'file:///home/me/reports/production/2026-11-22/index.html',
    'file:///home/me/index.html',
    'https://reports.s3.us-east-1.amazonaws.com/organization/2026-11-22/index.html?X-Amz-Signature=1',
  ])('leads to the console where no report is beside the page: %s', (place) => {
    expect(link(place, undefined, CONSOLE)).toBe(`${CONSOLE}${KEY}`);
    expect(link(place)).toBeUndefined();
  });
});
