/** Keeps what the functions log out of the output of the tests. */
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  jest.spyOn(process.stdout, 'write').mockClear().mockReturnValue(true);
});
