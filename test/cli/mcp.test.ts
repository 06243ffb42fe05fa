import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../src/report/tool-definitions.ts';
import { folderWith, mlarch, root } from './run.ts';

const bundle = path.join(root, 'dist/cli/mlarch.js');
const SHOP = 'system Shop {\n  stage production\n  criticality high\n  consumer App { peak 900 req/s }\n  service Scorer : realtime {\n    replicas 1\n    autoscale none\n  }\n  App -> Scorer\n}\n';

interface Session {
  readonly client: Client;
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<{ text: string; isError: boolean }>;
}

async function connect(cwd: string, ...more: string[]): Promise<Session> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [bundle, 'mcp', ...more], cwd, stderr: 'pipe' }));
  return {
    client,
    call: async (name, args = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: args });
      return { text: (content as { text: string }[]).map(({ text }) => text).join(''), isError: isError === true };
    },
  };
}

describe('mlarch mcp', () => {
  const folder = folderWith({ 'main.mlarch': SHOP, 'broken/bad.mlarch': 'system Bad {\n  service Api : realtime { replcas 2 }\n}\n', 'secret.txt': 'the password is hunter2', 'empty/README.md': 'nothing' });
  let session: Session;
  beforeAll(async () => {
    session = await connect(folder);
  });
  afterAll(() => session.client.close());

  it('introduces itself and offers the tools as they are defined, all of them reading only', async () => {
    expect(session.client.getServerVersion()).toMatchObject({ name: 'mlarch', version: mlarch(['--version']).stdout.trim() });
    expect(session.client.getInstructions()).toContain('mlarch_validate');
    const { tools } = await session.client.listTools();
    expect(tools.map(({ name, title, description, inputSchema }) => ({ name, title, description, inputSchema }))).toEqual(TOOLS);
    for (const tool of tools) expect(tool.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
  });

  it('reviews the working directory, a folder or a file', async () => {
    const all = await session.call('mlarch_validate');
    expect(all).toMatchObject({ isError: false });
    expect(all.text).toContain('Shop (main.mlarch):');
    expect(all.text).toContain('broken/bad.mlarch:2:28 error [unknown-property] A service has no property replcas. Did you mean replicas?');
    expect((await session.call('mlarch_validate', { path: 'main.mlarch' })).text).toMatch(/^The text has no errors/);
    expect((await session.call('mlarch_validate', { path: path.join(folder, 'broken') })).text).toContain('1 error and 0 warnings');
  });

  it('gives findings with the edits of their remedies, explanations and figures', async () => {
    const { text } = await session.call('mlarch_findings', { path: 'main.mlarch', rule: 'ML09.3', limit: 1 });
    expect(text).toContain('ML09.3@Shop.Scorer');
    expect(text).toContain('Edit main.mlarch:6:5\n- replicas 1\n+ replicas 2');
    expect((await session.call('mlarch_explain', { id: 'ML09.3' })).text).toMatch(/^# ML09\.3 /);
    expect((await session.call('mlarch_estimate', { path: 'main.mlarch' })).isError).toBe(false);
  });

  it('reads the files anew for each call', async () => {
    const file = path.join(folder, 'changing.mlarch');
    writeFileSync(file, 'system First {\n  owner "x"\n}\n');
    expect((await session.call('mlarch_validate', { path: 'changing.mlarch' })).text).toContain('First (');
    writeFileSync(file, 'system Second {\n  owner "x"\n}\n');
    expect((await session.call('mlarch_validate', { path: 'changing.mlarch' })).text).toContain('Second (');
  });

  it.each([
    ['mlarch_validate', { path: 'nowhere' }, 'nowhere: there is no such file or folder. Paths are relative to'],
    ['mlarch_validate', { path: 'empty' }, 'no .mlarch file in this folder'],
    ['mlarch_validate', { path: 'secret.txt' }, 'neither a folder nor a .mlarch file'],
    ['mlarch_validate', { path: '-' }, 'no such file or folder'],
    ['mlarch_validate', { path: '*.txt' }, 'no such file or folder'],
    ['mlarch_validate', { path: '/' }, 'too wide a folder'],
    ['mlarch_findings', { path: os.homedir() }, 'too wide a folder'],
    ['mlarch_validate', { path: 'a\0b' }, 'no such file or folder'],
    ['mlarch_findings', { path: 'main.mlarch', component: 'Nobody' }, 'Components: Shop, Shop.App, Shop.Scorer.'],
    ['mlarch_explain', { id: 'ML99' }, 'no check or rule ML99'],
    ['mlarch_findings', { limit: 1e9 }, 'whole number from 1 to 50'],
    ['mlarch_nothing', {}, 'Tools: mlarch_validate'],
  ])('answers %s %j with an error that says what to do, and goes on', async (name, args, message) => {
    const { text, isError } = await session.call(name, args);
    expect(isError).toBe(true);
    expect(text).toContain(message);
    expect(text).not.toContain('hunter2');
    expect((await session.call('mlarch_explain', { id: 'ML01' })).isError).toBe(false);
  });

  it('heeds the configuration, and names its faults', async () => {
    const configured = folderWith({ 'main.mlarch': SHOP, 'mlarch.config.json': '{ "off": [{ "rule": "ML09", "because": "Another team looks after serving" }] }' });
    const other = await connect(folder, configured);
    expect((await other.call('mlarch_findings', { rule: 'ML09' })).text).toMatch(/None of|There are no/);
    writeFileSync(path.join(configured, 'mlarch.config.json'), '{ "failOn": "sometimes" }');
    const { text, isError } = await other.call('mlarch_findings');
    expect(isError).toBe(true);
    expect(text).toContain('mlarch.config.json:1:');
    await other.client.close();
  });
});

describe('the process', () => {
  /** Sends lines and closes standard input. */
  function exchange(lines: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [bundle, 'mcp'], { cwd: folderWith({ 'main.mlarch': SHOP }) });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  }
  const request = (id: number, method: string, params: object): string => JSON.stringify({ jsonrpc: '2.0', id, method, params });

  it('writes nothing but the protocol to standard output, survives nonsense, and ends with its input', async () => {
    const { code, stdout, stderr } = await exchange([
      request(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }),
      'this is not JSON',
      '{"jsonrpc":"2.0","method":"notifications/initialized"}',
      request(2, 'tools/call', { name: 'mlarch_validate', arguments: {} }),
      request(3, 'tools/call', { arguments: 'nonsense' }),
      request(4, 'no/such/method', {}),
    ]);
    const messages = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { jsonrpc: string; id: number; error?: object });
    expect(messages.map(({ jsonrpc }) => jsonrpc)).toEqual(Array.from({ length: 4 }, () => '2.0'));
    expect(messages.filter(({ error }) => error).map(({ id }) => id).sort()).toEqual([3, 4]);
    expect(stderr).toContain('mlarch mcp: ');
    expect(code).toBe(0);
  });

  it('refuses a folder that is not there', () => {
    expect(mlarch(['mcp', 'nowhere'])).toMatchObject({ code: 2, stderr: 'mlarch: nowhere: there is no such folder.\n' });
    expect(mlarch(['mcp', '.', '.'])).toMatchObject({ code: 2 });
    expect(mlarch(['mcp', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Example:') });
  });
});

describe('the page for agents', () => {
  const page = readFileSync(path.join(root, 'docs/agents.md'), 'utf8');

  it('shows what the tools answer', async () => {
    const examples = [...page.matchAll(/<!-- answer: (\w+) (\{.*\}) -->\n```\n([\s\S]*?)\n```/g)];
    expect(examples.length).toBeGreaterThan(3);
    const { client, call } = await connect(root);
    for (const [, name = '', args = '{}', answer = ''] of examples) {
      const { text } = await call(name, JSON.parse(args) as Record<string, unknown>);
      expect(answer, args).toBe(text);
    }
    await client.close();
  });

  it('names every tool with its arguments', () => {
    for (const { name, inputSchema } of TOOLS) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      for (const argument of Object.keys(inputSchema.properties)) expect(row).toContain(`\`${argument}\``);
    }
  });

  it('has configurations that are JSON', () => {
    const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) expect(JSON.stringify(JSON.parse(block))).toContain('"command":"mlarch"');
  });
});
