import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'generated',
      'node_modules',
      '.sandbox',
      '.sdk',
      'tests/sdk/typescript',
      'coverage',
      '*.config.mjs',
      'tests/**/*.mjs',
      '.dependency-cruiser.cjs',
      'openapi',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/platform/config.ts reads the environment.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      // Mongoose's options and native dates are given as plain values everywhere; the rule takes each for a mistake.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Ports are asynchronous whether or not an implementation has something to wait for.
      '@typescript-eslint/require-await': 'off',
      // Factories give objects of functions that never use `this` (held by the next rule), so each may be passed on by itself.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ObjectExpression ThisExpression', message: 'Name the function instead.' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/modules/**/*.rules.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
        { object: 'Date', property: 'now' },
      ],
    },
  },
  {
    files: ['tests/**', 'scripts/**', 'src/platform/config.ts', 'src/sandbox/**'],
    rules: {
      'no-restricted-properties': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
    },
  },

  {
    files: ['eslint.config.js'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-exports': 'off' },
  },
);
