/** Options with which Node.js runs TypeScript. It would look for the name `tsx` from the working folder, which can be any. */
export const typescriptOptions = ['--require', require.resolve('tsx/cjs')];
