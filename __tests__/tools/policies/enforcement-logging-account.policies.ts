import { enforcementTests } from './enforcement-tests';

enforcementTests('logging account with a new key');
