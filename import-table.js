/**
 * Who may import whom: for each folder of src, the other folders and the packages that it may use. ESLint and
 * test/architecture.test.ts read this table.
 */
export const importTable = {
  model: { folders: [], packages: ['zod'] },
  analysis: { folders: ['model'], packages: [] },
  diagram: { folders: ['model', 'analysis'], packages: ['elkjs', '@resvg/resvg-wasm'] },
  report: { folders: ['model', 'analysis', 'diagram'], packages: ['zod', 'pdfmake'] },
  language: { folders: ['model'], packages: ['langium', 'chevrotain', 'fastest-levenshtein', 'vscode-languageserver-types'] },
  protocol: { folders: ['diagram'], packages: [] },
  webview: { folders: ['protocol', 'diagram'], packages: [] },
  server: { folders: ['model', 'analysis', 'diagram', 'report', 'language', 'protocol'], packages: ['langium', 'vscode-languageserver', 'vscode-languageserver-textdocument', 'vscode-languageserver-types', 'elkjs', 'node:'] },
  extension: { folders: ['protocol'], packages: ['vscode', 'vscode-languageclient', 'node:'] },
  cli: { folders: ['model', 'analysis', 'diagram', 'report', 'language'], packages: ['langium', 'tinyglobby', 'zod', 'node:', '@modelcontextprotocol/sdk'] },
};

/** Zod describes the vocabulary and the outputs; what runs in a review reads tables generated from it. */
export const zodFiles = [/^model\/vocabulary\//, /^report\/schemas\.ts$/, /^report\/(beside-bill|check|config|diagram|diff|estimate|intake|maturity|model|report|roadmap|target|trend)-schema\.ts$/];

/** Files that run in a process only; what they do not import runs in a browser too. */
export const nodeFiles = [/^cli\//, /^server\/(main-node|disk-files|node-layout-thread)\.ts$/, /^extension\/node/];
