import { shellWord } from '../../local/shell-word';

it.each<[NodeJS.Platform, string, string]>([
  ['linux', 'local-run/bucket', 'local-run/bucket'],
  ['linux', 'my reports', "'my reports'"],
  ['linux', '~/reports', "'~/reports'"],
  ['linux', '', "''"],
  ['win32', 'local-run\\bucket', 'local-run\\bucket'],
  ['win32', 'C:\\my reports', '"C:\\my reports"'],
])('on %s, %s is pasted as %s', (platform, text, word) => {
  expect(shellWord(text, platform)).toBe(word);
});
