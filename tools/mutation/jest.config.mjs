/** The unit tests as Stryker runs them; which ones, the command says for each folder. */
import { resolve } from 'node:path';
import jestConfig from '../../jest.config.mjs';

const unit = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

export default { ...unit, rootDir: resolve(import.meta.dirname, '../..') };
