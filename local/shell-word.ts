/**
 * A text as one word of a command that a person pastes into a shell.
 * @param platform - on Windows, the shell knows double quotes only, and paths have backslashes
 */
export function shellWord(text: string, platform = process.platform): string {
  if (platform === 'win32') return /^[\w@%+=:,./\\-]+$/.test(text) ? text : `"${text}"`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
