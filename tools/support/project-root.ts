import { resolve } from 'node:path';

/** The folder of this project, wherever a command is started. */
export const projectRoot = resolve(__dirname, '..', '..');
