/** What other services charge for what runs cause, at the most that the benchmark accepts for each account. */
import { MOST_PER_ACCOUNT } from '../bench/bounds';
import { type Caused, costsOf } from '../bench/figures';
import { table } from './markdown';

const SIZES = [1_000, 10_000, 50_000];

const { managementEvents, dataEvents, logBytes } = MOST_PER_ACCOUNT;

const causedBy = (accounts: number): Caused => ({
  managementEvents: managementEvents * accounts,
  dataEvents: dataEvents * accounts,
  logBytes: logBytes * accounts,
});

const usd = (value: number) => `$${value.toFixed(2)}`;

export const causedCostsTable = () =>
  table(
    [
      'accounts',
      `trail: each further copy of ${managementEvents} management events an account`,
      'GuardDuty: the same events, in one Region',
      `logs of the functions: ${logBytes} bytes an account`,
      `trail with data events: ${dataEvents} calls to S3 an account`,
      'GuardDuty S3 Protection: the same calls',
    ],
    SIZES.map((accounts) => {
      const costs = costsOf(causedBy(accounts));
      return [
        accounts.toLocaleString('en-US'),
        usd(costs.usdTrailCopyPerMonth),
        usd(costs.usdGuardDutyPerMonth),
        usd(costs.usdLogsPerMonth),
        usd(costs.usdDataEventsPerMonth),
        usd(costs.usdGuardDutyDataPerMonth),
      ];
    }),
  );
