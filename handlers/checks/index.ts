import type { Check } from './check';
import { consoleMfa } from './console-mfa';
import { keyAtSetup } from './key-at-setup';
import { keyRotation90Days } from './key-rotation-90-days';
import { rootAccessKey } from './root-access-key';
import { rootKeyMfa } from './root-key-mfa';
import { rootMfa } from './root-mfa';
import { rootMfaWithoutCredentials } from './root-mfa-without-credentials';
import { rootRecentUse } from './root-recent-use';
import { rootRowMissing } from './root-row-missing';
import { twoActiveKeys } from './two-active-keys';
import { unused45Days } from './unused-45-days';

/** Every check, in the order in which it is shown. A new one is a file, its test, and its lines here. */
export const checks: readonly Check[] = [
  rootRowMissing,
  rootAccessKey,
  rootMfa,
  rootKeyMfa,
  rootMfaWithoutCredentials,
  rootRecentUse,
  consoleMfa,
  keyAtSetup,
  unused45Days,
  twoActiveKeys,
  keyRotation90Days,
];
