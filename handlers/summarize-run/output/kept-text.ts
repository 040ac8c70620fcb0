import type { ManifestAccount } from '../../core/manifest';
import { formatTime } from './page/html';

type KeptFrom = NonNullable<Extract<ManifestAccount, { outcome: 'failed' }>['keptFrom']>;

/** Says that the tables and the page of the day show the report of an earlier run. */
export const keptText = ({ execution, startedAt }: KeptFrom) =>
  `the tables show its report of the run of ${formatTime(startedAt)}, ${execution}`;
