import { hash } from 'node:crypto';

/** SHA-256 in hexadecimal digits. */
export const sha256Of = (content: Uint8Array | string): string => hash('sha256', content);

/** The text of bytes, without a copy of them: a file can have tens of MB. */
export const textOf = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString();

/** The same hash in base64, as the checksum headers of S3 have it. */
export const toBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
