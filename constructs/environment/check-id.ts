import * as z from 'zod';
import { checks } from '../../handlers/checks';

const checkIds = checks.map(({ id }) => id);

/** How the message about names that are no checks starts. */
export const NAMES = 'must name checks';

export const checkId = z.enum(checkIds, `must be the ID of a check: ${checkIds.join(', ')}`);
