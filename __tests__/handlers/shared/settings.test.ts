import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import {
  InvalidSettings,
  anyText,
  bucketSettings,
  optionalPositiveInteger,
  positiveInteger,
  readSettings,
  text,
  writeSettings,
} from '../../../handlers/shared/settings';
import { summarizeRunSettings } from '../../../handlers/summarize-run/settings';

const settings = { bucket: text('BUCKET'), size: positiveInteger('SIZE') };
const valid = { BUCKET: 'reports', SIZE: '2' };

describe('the settings of a function', () => {
  it('are read from the variables that they name, and nothing else is', () => {
    expect(readSettings(settings, { ...valid, OTHER: 'x' })).toEqual({ bucket: 'reports', size: 2 });
  });

  it('are read from the environment of the process by default', () => {
    const before = { ...process.env };
    Object.assign(process.env, valid);
    try {
      expect(readSettings(settings)).toEqual({ bucket: 'reports', size: 2 });
    } finally {
      process.env = before;
    }
  });

  it.each([undefined, ''])('are not set if the variable is %j', (value) => {
    const read = () => readSettings(settings, { ...valid, BUCKET: value });
    expect(read).toThrow(InvalidSettings);
    expect(read).toThrow('The environment of the function is not valid: BUCKET is not set');
  });

  it.each(['1', '2', '500', '007'])('accept the number %s', (value) => {
    expect(readSettings(settings, { ...valid, SIZE: value }).size).toBe(Number(value));
  });

  it.each(['0', '000', '-2', '2.5', '9007199254740993', '1e2', ' 2', '2 ', '0x10', 'two', 'NaN', 'Infinity'])(
    'reject the number "%s", and say what is accepted',
    (value) => {
      expect(() => readSettings(settings, { ...valid, SIZE: value })).toThrow(
        `SIZE is "${value}", but must be a whole number of at least 1`,
      );
    },
  );

  it('may be empty text only where that means something', () => {
    expect(readSettings({ prefix: anyText('PREFIX') }, {})).toEqual({ prefix: '' });
    expect(readSettings({ prefix: anyText('PREFIX') }, { PREFIX: 'a/' })).toEqual({ prefix: 'a/' });
    const days = { days: optionalPositiveInteger('DAYS') };
    expect(readSettings(days, {})).toEqual({ days: '' });
    expect(readSettings(days, { DAYS: '365' })).toEqual({ days: 365 });
    expect(() => readSettings(days, { DAYS: '0' })).toThrow(
      'DAYS is "0", but must be a whole number of at least 1, or empty',
    );
  });

  it('give objects no ACL but the one that the owner of the bucket may require', () => {
    const { bucketAcl } = bucketSettings;
    for (const acl of ['', 'bucket-owner-full-control'])
      expect(readSettings({ bucketAcl }, { BUCKET_ACL: acl })).toEqual({ bucketAcl: acl });
    expect(() => readSettings({ bucketAcl }, { BUCKET_ACL: 'public-read' })).toThrow(
      'BUCKET_ACL is "public-read", but must be empty or bucket-owner-full-control',
    );
  });

  it('name every problem at once', () => {
    expect(() => readSettings(settings, { SIZE: '0' })).toThrow(
      'The environment of the function is not valid: ' +
        'BUCKET is not set; SIZE is "0", but must be a whole number of at least 1',
    );
  });

  it('have the error name that the state machine never retries', () => {
    expect(new InvalidSettings('x').name).toBe('InvalidSettings');
  });

  it('are the same after they are written and read', () => {
    const common = { partition: 'aws', stsRegion: 'us-east-1', reportRoleName: 'reader', concurrency: 50 };
    const bucket = {
      reportBucket: 'reports',
      bucketOwner: '111111111111',
      bucketPrefix: '',
      bucketEncryption: 'AES256',
      bucketAcl: 'bucket-owner-full-control',
    } as const;
    const listValues = {
      ...bucket,
      environment: 'production',
      stateMachine: 'arn:aws:states:us-east-1:111111111111:stateMachine:x',
      settingsHash: '0'.repeat(64),
      batchSize: 500,
      pagesPerSecond: 8,
      collectReportsFunction: 'collect-reports',
    };
    const collectValues = { ...bucket, bucketPrefix: 'production/', ...common };
    const summarizeValues = {
      ...bucket,
      environment: 'production',
      organizationId: 'o-exampleorg1',
      accountId: '111111111111',
      partition: 'aws',
      retentionDays: '' as const,
      region: 'us-east-1',
      signingKey: '',
    };
    expect(readSettings(listAccountsSettings, writeSettings(listAccountsSettings, listValues))).toEqual(
      listValues,
    );
    expect(
      readSettings(collectReportsSettings, writeSettings(collectReportsSettings, collectValues)),
    ).toEqual(collectValues);
    expect(readSettings(summarizeRunSettings, writeSettings(summarizeRunSettings, summarizeValues))).toEqual(
      summarizeValues,
    );
  });
});
