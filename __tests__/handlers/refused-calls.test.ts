/** A run whose optional calls are all refused: central root access, owners and service-specific credentials. */
import { checks } from '../../handlers/checks';
import { collectReports } from '../../handlers/collect-reports/collect-reports';
import type { Manifest } from '../../handlers/core/manifest';
import { keys } from '../../handlers/shared/bucket-layout';
import type { RunSettings } from '../../handlers/shared/events';
import type { Ledger } from '../../handlers/shared/run-files';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import { type Service, ServiceError, queryParameters } from '../../local/fake-aws/service';
import { type Embedded, embedded } from '../../tools/support/embedded';
import { defaultSettings } from '../../tools/support/embedded-execution';
import { PLACE } from '../support/manifests';
import '../support/quiet';
import { RUN, pollOf, startRun } from '../support/started-run';

const OPTIONAL = [
  'ListOrganizationsFeatures',
  'GetResources',
  'ListTagsForResource',
  'ListServiceSpecificCredentials',
];

describe('a run whose optional calls are refused', () => {
  const asked = new Set<string>();
  const metrics: string[] = [];
  let aws: Embedded;
  let manifest: Manifest;

  beforeAll(async () => {
    const refusing =
      (serve: Service): Service =>
      (request) => {
        const action =
          request.headers['x-amz-target']?.split('.')[1] ?? queryParameters(request).get('Action') ?? '';
        if (!OPTIONAL.includes(action)) return serve(request);
        asked.add(action);
        throw new ServiceError(403, 'AccessDenied', 'not authorized');
      };
    aws = await embedded({ accounts: 3, tags: () => ({ Owner: 'team-a' }) }, (services) => ({
      ...services,
      ...Object.fromEntries(
        ['iam', 'organizations', 'tagging'].map((name) => [name, refusing(services[name]!)]),
      ),
    }));
    const settings: RunSettings = {
      ...defaultSettings,
      serviceCredentials: true,
      owners: { file: false, email: false, unitNames: false, tag: 'Owner' },
      checks: { ...defaultSettings.checks, on: checks.map(({ id }) => id) },
    };
    // Only the management account may read all tags at once.
    const started = await startRun(aws, { settings, account: aws.organization.accounts[0]!.id });
    await collectReports({ ...aws.collector, concurrency: 20 })(pollOf(started, 0));
    await collectReports({ ...aws.collector, concurrency: 20 })(pollOf(started, 10));
    const print = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      metrics.push(line.toString());
      return true;
    });
    const { manifest: stored } = await summarizeRun({
      bucket: aws.bucket,
      place: { ...PLACE, environment: 'test' },
      partition: 'aws',
    })({ run: started.run, ledger: started.ledger });
    print.mockRestore();
    manifest = aws.json(stored.key) as Manifest;
  });
  afterAll(() => aws.stop());

  const check = (id: string) => manifest.checks.find((one) => one.id === id);

  it('asked each of them', () => {
    expect([...asked].sort()).toEqual([...OPTIONAL].sort());
  });

  it('is complete', () => {
    expect(manifest).toMatchObject({ complete: true, totals: { collected: 3, failed: 0 } });
  });

  it('does not know whether root credentials are managed centrally', () => {
    expect(check('central-root-access')).toMatchObject({ pass: 0, fail: 0, unknown: 1, findings: 1 });
  });

  it('does not know the owner of any account', () => {
    expect(manifest.owners).toEqual({ known: 0, none: 0, unknown: 3 });
    expect((aws.json(keys.ledger(RUN)) as Ledger).notes?.join()).toContain('AccessDenied');
  });

  it('does not know the service-specific credentials of any account', () => {
    for (const account of manifest.accounts)
      expect(account).toMatchObject({
        outcome: 'collected',
        serviceCredentials: { outcome: 'failed', reason: 'denied' },
      });
    for (const { id } of checks.filter(({ appliesTo }) => appliesTo === 'account'))
      expect(check(id)).toMatchObject({ pass: 0, fail: 0, unknown: 3 });
  });

  it('has a metric of every check that counts what is not known as a finding', () => {
    for (const { id, findings } of manifest.checks)
      expect(metrics.join('')).toContain(`"Check":"${id}","Findings":${findings}}`);
  });

  it('decides no control that depends on them', () => {
    const rootAccess = manifest.frameworks
      .flatMap(({ controls }) => controls)
      .filter((control) => control.checks.includes('central-root-access'));
    expect(rootAccess).not.toEqual([]);
    for (const { status } of rootAccess) expect(status).not.toBe('met');
  });
});
