/**
 * Who may import whom: for each folder of src, the other folders and the packages that it may use. ESLint and
 * test/architecture.test.ts read this table.
 */
export const importTable = {
  model: { folders: [], packages: ['zod'] },
  analysis: { folders: ['model'], packages: [] },
  report: { folders: ['model', 'analysis'], packages: ['zod'] },
  language: { folders: ['model'], packages: ['langium', 'chevrotain', 'fastest-levenshtein'] },
  cli: { folders: ['model', 'analysis', 'report', 'language'], packages: ['langium', 'tinyglobby', 'zod', 'node:'] },
};

/** Zod describes the vocabulary and the outputs; what runs in a review reads tables generated from it. */
export const zodFiles = [/^model\/vocabulary\//, /^report\/schemas\.ts$/, /^report\/(check|config|model)-schema\.ts$/];
