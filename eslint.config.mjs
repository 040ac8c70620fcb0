import tseslint from 'typescript-eslint';

const agpl = {
  group: ['@cloud-copilot/*'],
  message: 'It is under the AGPL: for the policy proof in tools/policies only, never for what is shipped.',
};

export default tseslint.config(
  { ignores: ['cdktf.out/', 'dist/', 'local-run/', 'node_modules/', 'examples/', '**/*.mjs', '**/*.cjs'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // The script of the page runs in a browser.
        project: ['./tsconfig.json', './handlers/summarize-run/output/page/client/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@cdktf/provider-aws',
              message: 'Import the resource by its subpath: the root import costs 4.6 s and 576 MB.',
            },
          ],
          patterns: [agpl],
        },
      ],
    },
  },
  {
    files: ['tools/policies/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // A construct is made for its effect on the scope that it is given.
    files: ['constructs/**', 'main.ts', '__tests__/constructs/**'],
    rules: { 'no-new': 'off', '@typescript-eslint/no-extraneous-class': 'off' },
  },
  {
    files: ['__tests__/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
