import tseslint from 'typescript-eslint';
import { importTable } from './import-table.js';

const folders = Object.keys(importTable);
const packages = ['langium', 'chevrotain', 'vscode', 'zod', 'pdfmake', 'node:', 'tinyglobby', 'fastest-levenshtein', 'vscode-languageclient', 'vscode-languageserver', '@modelcontextprotocol/sdk'];

/** The import table as one rule for each folder. */
const boundaries = folders.map((folder) => {
  const allowed = importTable[folder];
  const foreign = folders.filter((other) => other !== folder && !allowed.folders.includes(other));
  const group = [
    ...foreign.map((other) => `**/${other}/**`),
    // A package may have folders that are called like ours.
    ...allowed.packages.filter((name) => name.startsWith('@')).map((name) => `!${name}/**`),
    ...packages.filter((name) => !allowed.packages.includes(name)).map((name) => (name.endsWith(':') ? `${name}*` : name)),
  ];
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message: `${folder} may not import this (import-table.js).` }] }] },
  };
});

export default tseslint.config(
  { ignores: ['dist/', 'scratch/', 'node_modules/', 'src/language/generated/', '**/*.generated.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  // Index arithmetic of graph algorithms, where the bounds are those of the loop.
  { files: ['src/model/graph/**', 'test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['scripts/**', 'test/vscode/**'], rules: { 'no-console': 'off' } },
  ...boundaries,
);
