import { enforcementTests } from './enforcement-tests';

enforcementTests('same account');
