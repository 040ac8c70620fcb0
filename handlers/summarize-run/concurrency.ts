/** Objects read at the same time. */
export const CONCURRENT_READS = 16;
