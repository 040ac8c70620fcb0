import { join } from 'node:path';
import type { Machine } from './clone';

/**
 * Two machines that differ in all that tends to get into files by mistake: the folder and its depth, what others may read,
 * the time zone, and the language, which decides the order of letters, and in Turkish what the capital of i is.
 */
export const machinesIn = (folder: string, time: string): readonly [Machine, Machine] => [
  {
    path: join(folder, 'first'),
    umask: 0o022,
    variables: { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: time },
  },
  {
    path: join(folder, 'the-second', 'in', 'a', 'deeper', 'folder'),
    umask: 0o077,
    variables: {
      TZ: 'Pacific/Chatham',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      SOURCE_DATE_EPOCH: time,
    },
  },
];
