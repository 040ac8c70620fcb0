/**
 * Signs a digest with ECDSA on the curve P-256. `sign` of Node.js hashes what it is given, so that it cannot sign a digest.
 * For tests and local runs only: it takes a time that depends on the key.
 */
import { type KeyObject, createECDH } from 'node:crypto';

/** Order of the curve's base point (FIPS 186-5 and SP 800-186, https://doi.org/10.6028/NIST.SP.800-186). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** @returns the signature in DER, as AWS KMS returns it */
export function signDigest(key: KeyObject, digest: Buffer): Buffer {
  const secret = numberOf(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const message = numberOf(digest);
  for (;;) {
    const { number, x } = randomPoint();
    const r = x % ORDER;
    const s = (inverse(number) * (message + r * secret)) % ORDER;
    if (r !== 0n && s !== 0n) return sequence(integer(r), integer(s));
  }
}

/** A random number, and the first coordinate of the base point multiplied by it: a key pair for Diffie-Hellman is that. */
function randomPoint(): { number: bigint; x: bigint } {
  const pair = createECDH('prime256v1');
  // One byte that says that the point is not compressed, then both coordinates.
  const x = numberOf(pair.generateKeys().subarray(1, 33));
  return { number: numberOf(pair.getPrivateKey()), x };
}

const numberOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);

/** By Fermat's little theorem: the order is prime. */
function inverse(number: bigint): bigint {
  let [result, base] = [1n, number];
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

/** An integer in DER: the fewest bytes that do not look negative. */
function integer(number: bigint): Buffer {
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

function sequence(...items: Buffer[]): Buffer {
  const content = Buffer.concat(items);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}
