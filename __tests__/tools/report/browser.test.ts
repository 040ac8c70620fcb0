import { hasBrowser, openInBrowser } from '../../../tools/report/browser';

describe('a browser', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, true],
    ['linux', { DISPLAY: '' }, false],
    ['linux', {}, false],
    // With X11 forwarding, its windows appear where the user is.
    ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '1 2 3 4' }, true],
    ['linux', { DISPLAY: ':0', CI: 'true' }, false],
    ['darwin', {}, true],
    ['darwin', { SSH_CONNECTION: '1 2 3 4' }, false],
    ['darwin', { CI: '1' }, false],
    ['win32', {}, true],
  ] as const)('is there on %s with %j: %s', (platform, env, expected) => {
    expect(hasBrowser({ platform, env, isTTY: true })).toBe(expected);
    expect(hasBrowser({ platform, env, isTTY: false })).toBe(false);
  });

  it('that cannot be started is told', async () => {
    jest.doMock('open', () => ({
      __esModule: true,
      default: () => Promise.reject(new Error('no such program')),
    }));
    expect(await openInBrowser('/page.html')).toBe('no such program');
  });
});
