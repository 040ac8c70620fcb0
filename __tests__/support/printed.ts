/** What the code under test wrote to standard output without `console`, one entry per call. */
export function printed(): string[] {
  // `quiet.ts` replaces it by a mock before every test.
  const write = jest.spyOn(process.stdout, 'write');
  return write.mock.calls.map(([text]) => String(text));
}
