/** The proxy of this shell, in the variables that curl, the AWS CLI and others read. */

export interface Proxy {
  /** Variable that names it. */
  readonly variable: string;
  /** May have a user name and a password. */
  readonly url: URL;
}

/** Hosts that are never reached through a proxy: the folder that stands for S3 is served here, and emulators are. */
const LOOPBACK = ['localhost', '.localhost', '127.0.0.0-127.255.255.255', '::1'];

/** Of two variables, the one in lower case counts, as for curl and the AWS CLI. */
const valueOf = (environment: NodeJS.ProcessEnv, name: string) =>
  [name.toLowerCase(), name]
    .map((variable) => ({ variable, value: environment[variable] ?? '' }))
    .find(({ value }) => value !== '');

/**
 * The proxy for HTTPS, or for HTTP.
 * @throws if it is not the URL of an HTTP proxy
 */
export function findProxy(
  environment: NodeJS.ProcessEnv,
  name: 'HTTPS_PROXY' | 'HTTP_PROXY',
): Proxy | undefined {
  const found = valueOf(environment, name);
  if (!found) return undefined;
  const { variable, value } = found;
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && isHttp(url) && isDecodable(url.username + url.password)) return { variable, url };
  throw new Error(
    `${variable} is not the URL of an HTTP proxy: got ${withoutPassword(value)}; use http://HOST:PORT, or ` +
      'http://USER:PASSWORD@HOST:PORT with special characters percent-encoded',
  );
}

const isHttp = ({ protocol, hostname }: URL) => ['http:', 'https:'].includes(protocol) && hostname !== '';

const withoutPassword = (url: string) => url.replace(/^(.*:\/\/)?.*@/s, '$1***@');

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The settings of the proxy in the form that the agents of Node.js understand; empty without a proxy.
 * @throws if a variable is not the URL of an HTTP proxy
 */
export function proxyVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'] as const) {
    const proxy = findProxy(environment, name);
    if (proxy) urls[name] = proxy.url.href;
  }
  if (Object.keys(urls).length === 0) return {};
  const given = (valueOf(environment, 'NO_PROXY')?.value ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  // For curl and the AWS CLI, a domain means its subdomains too.
  const exceptions = given.flatMap((entry) => (/^[.*]/.test(entry) ? [entry] : [entry, `.${entry}`]));
  return { ...urls, NO_PROXY: [...exceptions, ...LOOPBACK].join(',') };
}
