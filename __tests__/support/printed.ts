/** What the code under test wrote to standard output past `console`, piece by piece. */
export function printed(): string[] {
  const { write } = process.stdout as unknown as { write: jest.Mock<boolean, [string]> };
  return write.mock.calls.map(([text]) => text);
}
