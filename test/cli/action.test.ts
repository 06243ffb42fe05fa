import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { repository, type Repository } from './repository.ts';
import { folderWith, root } from './run.ts';

/** A step of the action: what it runs, and the variables that it is given. */
interface Step {
  readonly name: string;
  readonly run: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly condition: string | undefined;
}

/** The steps as they stand in action.yml, which uses no more of YAML than this reads. */
function stepsOf(text: string): Step[] {
  return text.slice(text.indexOf('\n  steps:')).split('\n    - ').slice(1).map((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => line === '      run: |');
    const field = (name: string): string | undefined => lines.map((line) => line.trimStart()).find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const variables = lines.slice(0, at).flatMap((line) => /^ {8}(\w+): (.*)$/.exec(line)?.slice(1) ?? []);
    return {
      name: field('name') ?? '',
      condition: field('if'),
      run: lines.slice(at + 1).map((line) => line.slice(8)).join('\n'),
      variables: Object.fromEntries(variables.flatMap((name, index) => (index % 2 === 0 ? [[name, variables[index + 1] ?? '']] : []))),
    };
  });
}

const action = readFileSync(path.join(root, 'action.yml'), 'utf8');
const steps = stepsOf(action);

const system = (api: string): string => `system Shop {\n  stage production\n  consumer Web { peak 100 req/s }\n  model M\n  service Api : realtime { serves M concurrency 1 service_time p50 20 ms p99 60 ms ${api} }\n  Web -> Api\n}\n`;

/** Writes down how it was called, with the files that it was given; fails where it is told to. */
const FAKE_GH = `#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$GH_LOG"
for word in "$@"; do case "$word" in *=@*) cp "\${word#*=@}" "$GH_LOG.\${word%%=*}" ;; esac; done
case "$*" in
  *"$GH_FAILS"*) echo 'HTTP 403: Resource not accessible by integration' >&2; exit 1 ;;
  *--jq*) printf '%s' "$GH_COMMENTS" ;;
esac
`;

let repo: Repository;
let temp: string;
let log: string;

beforeEach(() => {
  repo = repository();
  temp = folderWith({ 'bin/gh': FAKE_GH });
  chmodSync(path.join(temp, 'bin/gh'), 0o755);
  log = path.join(temp, 'gh.log');
});

interface Outcome {
  readonly code: number | null;
  readonly said: string;
  readonly output: string;
  readonly summary: string;
}

/** Runs a step as a runner does: bash with the flags that it gives, in the workspace, with the expressions filled in. */
function runStep(name: string, values: Readonly<Record<string, string>> = {}, environment: Readonly<Record<string, string>> = {}): Outcome {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`action.yml has no step ${name}`);
  const expressions: Readonly<Record<string, string>> = {
    'inputs.path': '.', 'inputs.fail-on': 'high', 'inputs.sarif': 'mlarch.sarif', 'inputs.comment': 'true', 'inputs.github-token': 'token',
    'github.event.pull_request.base.sha': '', 'github.event.pull_request.number': '7', 'steps.review.outputs.code': '0', ...values,
  };
  const filled = Object.fromEntries(Object.entries(step.variables).map(([key, text]) => [key, text.replaceAll(/\$\{\{ (\S+) \}\}/g, (whole, expression: string) => {
    if (!(expression in expressions)) throw new Error(`${whole} is not known`);
    return expressions[expression] ?? '';
  })]));
  const [output, summary] = [path.join(temp, 'output'), path.join(temp, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
    cwd: repo.folder,
    encoding: 'utf8',
    env: {
      ...process.env, ...repo.environment, ...filled, PATH: `${path.join(temp, 'bin')}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, GH_LOG: log, GH_COMMENTS: '', GH_FAILS: 'nothing at all',
      GITHUB_ACTION_PATH: root, GITHUB_WORKSPACE: repo.folder, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: temp, GITHUB_REPOSITORY: 'shop/design', GITHUB_SHA: 'a'.repeat(40), GITHUB_REF: 'refs/pull/7/merge', ...environment,
    },
  });
  return { code: status, said: stdout + stderr, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') };
}

const calls = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);

/** A base and a change, merged as GitHub merges what it tests. */
function pullRequest(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  const base = repo.commit('base', { 'README.md': 'x', ...before });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit('parent 0123456789 of nothing', after);
  repo.git('checkout', '-q', 'main');
  repo.git('merge', '-q', '--no-ff', '-m', 'Merge\n\nparent 0123456789', 'change');
  return base;
}

describe('the action', () => {
  it('reads as the test expects', () => {
    expect(steps.map(({ name }) => name)).toEqual(['Install mlarch', 'Review', 'Upload to code scanning', 'Compare with the base of the pull request', 'Verdict']);
    expect(steps[3]?.condition).toBe("github.event_name == 'pull_request'");
    // What comes from an event reaches a script in variables only, so that it is never a part of it.
    for (const { run } of steps) expect(run).not.toContain('${{');
  });

  it('reviews, and keeps the verdict for the end', () => {
    repo.commit('one', { 'a.mlarch': system('replicas 1 autoscale none rollback none') });
    const { code, said, output } = runStep('Review');
    expect([code, output]).toEqual([0, 'code=1\n']);
    expect(said).toMatch(/^::error /m);
    expect(JSON.parse(readFileSync(path.join(repo.folder, 'mlarch.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect([runStep('Verdict', { 'steps.review.outputs.code': '1' }).code, runStep('Verdict').code]).toEqual([1, 0]);
  });

  it('uploads the findings, and goes on where it may not', () => {
    repo.commit('one', { 'mlarch.sarif': '{"runs":[]}' });
    expect(runStep('Upload to code scanning')).toMatchObject({ code: 0, said: '' });
    expect(calls()).toEqual([`api --silent -X POST repos/shop/design/code-scanning/sarifs -f commit_sha=${'a'.repeat(40)} -f ref=refs/pull/7/merge -F sarif=@${temp}/mlarch.sarif.base64`]);
    expect(gunzipSync(Buffer.from(readFileSync(`${log}.sarif`, 'utf8'), 'base64')).toString()).toBe('{"runs":[]}');
    const refused = runStep('Upload to code scanning', {}, { GH_FAILS: 'code-scanning' });
    expect([refused.code, refused.said]).toEqual([0, expect.stringContaining('::notice title=mlarch::The findings were not uploaded')]);
  });

  const compare = 'Compare with the base of the pull request';

  it('comments on a pull request, and writes its own comment anew', () => {
    pullRequest({ 'a.mlarch': system('replicas 2') }, { 'a.mlarch': system('replicas 3') });
    const first = runStep(compare);
    expect(first.code, first.said).toBe(0);
    expect(first.summary).toMatch(/^<!-- mlarch-diff -->\n\n## Shop\n/);
    expect(first.summary).toContain('-     replicas 2\n+     replicas 3');
    expect(first.output).toBe(`diff=${temp}/mlarch-diff.md\n`);
    expect(readFileSync(`${log}.body`, 'utf8')).toBe(first.summary);
    expect(calls()[0]).toMatch(/^api --paginate repos\/shop\/design\/issues\/7\/comments --jq .*"Bot".*mlarch-diff/);
    expect(calls()[1]).toBe(`api --silent -X POST repos/shop/design/issues/7/comments -F body=@${temp}/mlarch-diff.md`);
    runStep(compare, {}, { GH_COMMENTS: '41\n42\n' });
    expect(calls().at(-1)).toBe(`api --silent -X PATCH repos/shop/design/issues/comments/41 -F body=@${temp}/mlarch-diff.md`);
  });

  it('writes to the summary only where it may not comment, or shall not', () => {
    pullRequest({ 'a.mlarch': system('replicas 2') }, { 'a.mlarch': system('replicas 3') });
    for (const fails of ['POST', 'api']) {
      const { code, said, summary } = runStep(compare, {}, { GH_FAILS: fails });
      expect([code, said]).toEqual([0, expect.stringContaining('::notice title=mlarch::The comment could not be written')]);
      expect(summary).toContain('## Shop');
    }
    const before = calls().length;
    expect(runStep(compare, { 'inputs.comment': 'false' }).summary).toContain('## Shop');
    expect(calls()).toHaveLength(before);
  });

  it('takes what the base does not have for new, below a folder with a space too', () => {
    pullRequest({}, { 'my design/a.mlarch': system('replicas 3') });
    const { summary, said } = runStep(compare, { 'inputs.path': 'my design' });
    expect(summary, said).toContain('A new system.');
  });

  it('fetches the base where the clone is shallow', () => {
    pullRequest({ 'a.mlarch': system('replicas 2') }, { 'a.mlarch': system('replicas 3') });
    const origin = repo;
    origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    repo = repository();
    repo.git('remote', 'add', 'origin', `file://${origin.folder}`);
    repo.git('fetch', '-q', '--depth=1', 'origin', 'main');
    repo.git('checkout', '-q', 'FETCH_HEAD');
    expect(repo.git('rev-list', '--all', '--count', 'HEAD').trim()).toBe('1');
    expect(runStep(compare).summary).toContain('-     replicas 2\n+     replicas 3');
    // The base of the event is taken where what is checked out is no merge.
    const base = origin.git('rev-parse', 'main^1').trim();
    repo.git('fetch', '-q', '--depth=1', 'origin', 'change');
    repo.git('checkout', '-q', 'FETCH_HEAD');
    expect(runStep(compare, { 'github.event.pull_request.base.sha': base }).summary).toContain('+     replicas 3');
    const gone = runStep(compare, { 'github.event.pull_request.base.sha': 'b'.repeat(40) });
    expect([gone.code, gone.said]).toEqual([0, expect.stringContaining('cannot be fetched')]);
  });

  it('does not fail the job where the base cannot be read', () => {
    pullRequest({ 'a.mlarch': 'system Shop {{\n' }, { 'a.mlarch': system('replicas 3') });
    const { code, said } = runStep(compare);
    expect([code, said]).toEqual([0, expect.stringContaining('cannot be compared')]);
  });
});
