import { vi } from 'vitest';
import { parseInvocation, type Command } from '../../src/cli/command.ts';

/** Runs a command in this process, without colours, and returns what it writes. */
export async function outputOf(command: Command, line: string): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    const words = line === '' ? [] : line.split(' ').map((word) => word.replaceAll('_', ' '));
    await command.run({ ...parseInvocation(command, words), colour: false });
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}
