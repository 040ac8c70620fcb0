import { causedFiguresOf } from '../../../tools/bench/figures';
import type { Call } from '../../../tools/bench/model';

const caused = (calls: Partial<Record<Call, number>>, accounts: number, logBytes = 0) =>
  causedFiguresOf(new Map(Object.entries(calls) as [Call, number][]), logBytes, accounts);

describe('what a run causes in other services', () => {
  it('counts an AssumeRole twice, and every other call to IAM and Organizations once', () => {
    const figures = caused(
      { AssumeRole: 20, GenerateCredentialReport: 20, GetCredentialReport: 10, ListAccounts: 1 },
      10,
    );
    expect(figures).toMatchObject({
      stsCallsPerAccount: 2,
      managementEventsPerAccount: 7.1,
      dataEventsPerAccount: 0,
    });
  });

  it('counts calls for objects as data events', () => {
    const figures = caused({ PutObject: 10, CopyObject: 1, GetObject: 2, ListObjectsV2: 3, Publish: 4 }, 10);
    expect(figures).toMatchObject({ managementEventsPerAccount: 0, dataEventsPerAccount: 1.6 });
  });

  it('costs what the events and logs of a month cost', () => {
    const runs = 365 / 12;
    const figures = caused({ GetCredentialReport: 1e6, PutObject: 1e6 }, 1e6, 2 ** 30);
    expect(figures.usdTrailCopyPerMonth).toBeCloseTo(20 * runs, 2);
    expect(figures.usdGuardDutyPerMonth).toBeCloseTo(4 * runs, 2);
    expect(figures.usdDataEventsPerMonth).toBeCloseTo(1 * runs, 2);
    expect(figures.usdGuardDutyDataPerMonth).toBeCloseTo(0.8 * runs, 2);
    expect(figures.usdLogsPerMonth).toBeCloseTo(0.5 * runs, 2);
    expect(figures.logBytesPerAccount).toBe(1074);
  });
});
