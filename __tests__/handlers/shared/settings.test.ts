import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import { requestReportsSettings } from '../../../handlers/request-reports/settings';
import {
  InvalidSettings,
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
    const common = { partition: 'aws', reportRoleName: 'reader', concurrency: 50 };
    const list = { batchSize: 500, pagesPerSecond: 8, requestReportsFunction: 'request-reports' };
    const reportBucket = 'reports';
    const listValues = { reportBucket, ...list };
    const collectValues = { reportBucket, ...common };
    const summarizeValues = { reportBucket, environment: 'production', partition: 'aws' };
    expect(readSettings(listAccountsSettings, writeSettings(listAccountsSettings, listValues))).toEqual(
      listValues,
    );
    expect(readSettings(requestReportsSettings, writeSettings(requestReportsSettings, common))).toEqual(
      common,
    );
    expect(
      readSettings(collectReportsSettings, writeSettings(collectReportsSettings, collectValues)),
    ).toEqual(collectValues);
    expect(readSettings(summarizeRunSettings, writeSettings(summarizeRunSettings, summarizeValues))).toEqual(
      summarizeValues,
    );
  });
});
