import type { Check } from '../check';
import { accountsWithoutRole } from './accounts-without-role';
import { alarms } from './alarms';
import { bucket } from './bucket';
import { bucketEncryption } from './bucket-encryption';
import { bucketOwnership } from './bucket-ownership';
import { bucketPolicy } from './bucket-policy';
import { bucketVersioning } from './bucket-versioning';
import { centralRootAccess } from './central-root-access';
import { delegatedAdministrator } from './delegated-administrator';
import { functions } from './functions';
import { identity } from './identity';
import { key } from './key';
import { keyPolicy } from './key-policy';
import { lambdaConcurrency } from './lambda-concurrency';
import { lastRuns } from './last-runs';
import { loggingAccountRole } from './logging-account-role';
import { namesTaken } from './names-taken';
import { options } from './options';
import { organization } from './organization';
import { owners } from './owners';
import { providerLock } from './provider-lock';
import { region } from './region';
import { schedule } from './schedule';
import { stackSet } from './stack-set';
import { state } from './state';
import { subscriptions } from './subscriptions';
import { targets } from './targets';
import { trustedAccess } from './trusted-access';
import { workflow } from './workflow';

/** Every check, in the order in which it is printed. */
export const checks: readonly Check[] = [
  options,
  providerLock,
  identity,
  organization,
  trustedAccess,
  delegatedAdministrator,
  centralRootAccess,
  targets,
  region,
  lambdaConcurrency,
  bucket,
  bucketOwnership,
  bucketEncryption,
  bucketVersioning,
  bucketPolicy,
  key,
  keyPolicy,
  loggingAccountRole,
  state,
  namesTaken,
  workflow,
  functions,
  schedule,
  alarms,
  subscriptions,
  stackSet,
  lastRuns,
  accountsWithoutRole,
  owners,
];
