import * as z from 'zod';
import { checks } from '../../handlers/checks';

const checkIds = checks.map(({ id }) => id);

export const checkId = z.enum(checkIds, `must be the ID of a check: ${checkIds.join(', ')}`);
