/** What the functions log is not the output of a test. */
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  jest.spyOn(process.stdout, 'write').mockClear().mockReturnValue(true);
});
