import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the certificates of `AWS_CA_BUNDLE` in this thread, besides those that Node.js trusts: a proxy that decrypts TLS
 * has one of its own. The SDK does not read this variable.
 * @throws if it does not name a file with certificates
 */
export function trustBundle({ AWS_CA_BUNDLE: path }: NodeJS.ProcessEnv): void {
  if (!path) return;
  try {
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(path, 'utf8')]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'this file does not exist' : message;
    throw new Error(`AWS_CA_BUNDLE must name a file with certificates in PEM: got ${path}; ${reason}`, {
      cause: error,
    });
  }
}
