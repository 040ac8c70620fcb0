import { unlinked } from './unlinked';

/** A line of a message with what comes from outside: without control characters, line breaks, and links. */
export const messageLine = (text: string): string => unlinked(text.replace(/[\s\p{Cc}]+/gu, ' '));
