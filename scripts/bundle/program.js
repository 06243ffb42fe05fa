/** The language server and the command line as one program of the package: what both need is in it once. */
export const started = process.argv[2] === 'language-server' ? import('../../src/server/main-node.ts') : import('../../src/cli/main.ts');
