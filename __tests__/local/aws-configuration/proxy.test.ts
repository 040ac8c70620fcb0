import { proxyVariables } from '../../../local/aws-configuration/proxy';

const LOOPBACK = 'localhost,.localhost,127.0.0.0-127.255.255.255,::1';

describe('the proxy of a shell', () => {
  it.each<[variables: Record<string, string>, expected: Record<string, string>]>([
    [{}, {}],
    [{ HTTPS_PROXY: '', NO_PROXY: 'example.com' }, {}],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, { HTTPS_PROXY: 'http://proxy:3128/', NO_PROXY: LOOPBACK }],
    [{ HTTP_PROXY: 'https://proxy' }, { HTTP_PROXY: 'https://proxy/', NO_PROXY: LOOPBACK }],
    [{ HTTPS_PROXY: 'proxy:3128' }, { HTTPS_PROXY: 'http://proxy:3128/', NO_PROXY: LOOPBACK }],
    [
      { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
      { HTTPS_PROXY: 'http://lower:1/', NO_PROXY: LOOPBACK },
    ],
    [
      { https_proxy: 'me:p%40ss@proxy:3128', no_proxy: '.corp, amazonaws.com' },
      {
        HTTPS_PROXY: 'http://me:p%40ss@proxy:3128/',
        NO_PROXY: `.corp,amazonaws.com,.amazonaws.com,${LOOPBACK}`,
      },
    ],
    [
      { HTTPS_PROXY: 'http://proxy', NO_PROXY: '*' },
      { HTTPS_PROXY: 'http://proxy/', NO_PROXY: `*,${LOOPBACK}` },
    ],
  ])('for %j is %j', (variables, expected) => {
    expect(proxyVariables(variables)).toEqual(expected);
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://me:secret@proxy:1080', 'socks5://***@proxy:1080'],
    ['https_proxy', 'http://', 'http://'],
    ['HTTP_PROXY', 'http://me:secret%@proxy:3128', 'http://***@proxy:3128'],
    ['HTTPS_PROXY', 'me:se/cret@proxy:3128', '***@proxy:3128'],
    ['HTTPS_PROXY', 'http://proxy:port', 'http://proxy:port'],
  ])('is refused for %s=%s, without its password', (variable, value, shown) => {
    expect(() => proxyVariables({ [variable]: value })).toThrow(
      `${variable} is not the URL of an HTTP proxy: got ${shown}; use http://HOST:PORT, or ` +
        'http://USER:PASSWORD@HOST:PORT with special characters percent-encoded',
    );
  });
});
