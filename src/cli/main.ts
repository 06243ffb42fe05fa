import module from 'node:module';
import { helpOf, parseInvocation, useColour, type Command, type Topic } from './command.ts';
import { Failure } from './failure.ts';
import { renderProblems } from './problems.ts';
import { version } from './version.ts';

// Compiled code is kept between runs where Node can do that (22.8 and newer).
module.enableCompileCache?.();

/** Commands are loaded when they are called, so that none pays for another. */
const commands: Readonly<Record<string, Topic>> = {
  check: { summary: 'Review architectures against the 20 checks.', load: async () => (await import('./check.ts')).check },
  checks: { summary: 'List the 20 checks and their rules.', load: async () => (await import('./checks.ts')).checksCommand },
  estimate: { summary: 'Estimate capacity, latency and cost, and what breaks first.', load: async () => (await import('./estimate.ts')).estimateCommand },
  calc: { summary: 'Calculate one thing: a queue, an LLM, a cost, an experiment …', load: async () => (await import('./calc.ts')).calc },
  diagram: { summary: 'Draw the current state, the target state or the difference.', load: async () => (await import('./diagram.ts')).diagramCommand },
  diff: { summary: 'Compare two versions: structure, findings, figures.', load: async () => (await import('./diff.ts')).diffCommand },
  trend: { summary: 'Follow a file through its history in git.', load: async () => (await import('./trend.ts')).trendCommand },
  report: { summary: 'Write the review report: findings, target state, roadmap, executive summary.', load: async () => (await import('./report.ts')).reportCommand },
  target: { summary: 'Derive the target state, and say why each change is made.', load: async () => (await import('./target.ts')).targetCommand },
  maturity: { summary: 'Derive maturity levels, the ML Test Score and a rubric.', load: async () => (await import('./maturity.ts')).maturityCommand },
  intake: { summary: 'Ask what the review needs to know, and write the answers into the file.', load: async () => (await import('./intake.ts')).intakeCommand },
  decisions: { summary: 'Write decisions as records, and propose those nobody wrote down.', load: async () => (await import('./decisions.ts')).decisionsCommand },
  test: { summary: 'Run the tests of your own rules.', load: async () => (await import('./test.ts')).testCommand },
  explain: { summary: 'Explain a check or a rule in full.', load: async () => (await import('./explain.ts')).explain },
  fmt: { summary: 'Format .mlarch files.', load: async () => (await import('./fmt.ts')).fmt },
  init: { summary: 'Start a new architecture from a template.', load: async () => (await import('./init.ts')).init },
  export: { summary: 'Export the model: JSON, bill of materials, model cards, AI Act documentation.', load: async () => (await import('./export.ts')).exportCommand },
  mcp: { summary: 'Serve the review to coding agents (Model Context Protocol).', load: async () => (await import('./mcp.ts')).mcp },
  lsp: { summary: 'Run the language server for an editor.', load: async () => (await import('./lsp.ts')).lsp },
  schema: { summary: 'Print the JSON Schema of an output or of the configuration.', load: async () => (await import('./schema.ts')).schema },
};

const HELP = `mlarch ${version}: review the architecture of a machine-learning system from text.

Usage: mlarch COMMAND [options]

${Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`).join('\n')}

Help on a command: mlarch COMMAND --help
Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 the command or the input cannot be used.
`;

async function main(arguments_: readonly string[]): Promise<number> {
  const [name, ...rest] = arguments_;
  if (name === '--version' || name === '-v') return say(`${version}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const topic = name === 'help' ? rest[0] : undefined;
    if (topic !== undefined && commands[topic]) return say(helpOf((await commandOf(commands[topic], rest.slice(1))).command));
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw new Failure(`There is no command ${name}. Commands: ${Object.keys(commands).join(', ')}.`);
  const { command, words } = await commandOf(entry, rest);
  const invocation = parseInvocation(command, words);
  if (invocation.options['help'] === true) return say(helpOf(command));
  return command.run(invocation);
}

/** The command that a topic names, with the words that are its own: a command may have others under it. */
async function commandOf(topic: Topic, words: readonly string[]): Promise<{ command: Command; words: readonly string[] }> {
  const command = await topic.load();
  const [first, ...rest] = words;
  if (!command.topics || first === undefined || first.startsWith('-')) return { command, words };
  const under = Object.hasOwn(command.topics, first) ? command.topics[first] : undefined;
  if (!under) throw new Failure(`There is no ${command.name} ${first}. There are: ${Object.keys(command.topics).join(', ')}.`);
  return commandOf(under, rest);
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(error: unknown): number {
  if (error instanceof Failure) {
    if (error.problems.length > 0) process.stderr.write(renderProblems(error.problems, useColour(false)));
    if (error.message !== '') process.stderr.write(`mlarch: ${error.message}\n`);
  } else process.stderr.write(`mlarch: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
}

// A reader such as `head` may close the pipe before all is written; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

process.exitCode = await main(process.argv.slice(2)).catch(complain);
