import { describe, expect, it } from 'vitest';
import { hoverAt, type HoverText } from '../../../src/language/editing/hover.ts';
import { atCursor } from './workspace.ts';

function hover(text: string, others: Readonly<Record<string, string>> = {}): HoverText | undefined {
  const { workspace, source, position } = atCursor({ 'main.mlarch': text, ...others });
  return hoverAt(workspace, source, position);
}

const markdown = (text: string, others?: Readonly<Record<string, string>>): string => hover(text, others)?.paragraphs.join('\n\n') ?? '';
const inSystem = (body: string): string => `system S {\n  consumer Web : application { peak 5 req/s }\n  model Score : trained\n${body}\n}\n`;

describe('hover', () => {
  it('says what a kind is', () => {
    expect(markdown(inSystem('  ser<|>vice Api : realtime { serves Score }'))).toMatch(/runs a model and answers[\s\S]*realtime/);
  });

  it('says what a variant is', () => {
    expect(markdown(inSystem('  service Api : real<|>time'))).toContain('while the caller waits');
  });

  it('says what a property means, takes and looks like', () => {
    const text = markdown(inSystem('  service Api : realtime {\n    repl<|>icas 2\n  }'));
    expect(text).toContain('How many run at once');
    expect(text).toContain('replicas 2..8');
  });

  it('explains a key further on in a line', () => {
    expect(markdown(inSystem('  service Api : realtime { replicas 2 through<|>put 4 req/s }'))).toContain('What one replica can take');
  });

  it('says what a member means, also where it stands for its property', () => {
    expect(markdown(inSystem('  service Api : realtime { fallback ru<|>les }'))).toMatch(/rules/);
    expect(markdown(inSystem('  service Api : realtime\n  Web -> Api { sy<|>nc }'))).toMatch(/sync.*waits/i);
  });

  it('says what a change takes out, and what it makes of a component', () => {
    const changed = (body: string): string => markdown(inSystem(`  service Api : realtime { replicas 2 }\n  target Next {\n    ${body}\n  }`));
    expect(changed('change Api { rem<|>ove replicas }')).toMatch(/\*\*remove\*\*[\s\S]*within a change/);
    expect(changed('change Api { remove repl<|>icas }')).toContain('How many run at once');
    expect(changed('change Api : stre<|>aming')).toContain('It predicts on events');
    expect(changed('change A<|>pi : streaming')).toContain('service Api : realtime');
  });

  it('says what none and unknown mean', () => {
    expect(markdown(inSystem('  service Api : realtime { rollback no<|>ne }'))).toContain('absence that is confirmed');
  });

  it('shows what a name declares, where it is used and in other files', () => {
    const other = { 'shared.mlarch': '/** Keeps every version. */\nregistry Runs : server { technology mlflow immutable yes }\n' };
    const found = hover('import { Runs } from "shared.mlarch"\nsystem S {\n  training Fit { records_to Ru<|>ns }\n}\n', other);
    expect(found?.element).toEqual({ name: 'Runs', file: 'shared.mlarch' });
    expect(found?.paragraphs.join('\n')).toMatch(/registry Runs : server[\s\S]*Keeps every version[\s\S]*mlflow/);
    expect(found?.range).toEqual({ start: { line: 2, character: 28 }, end: { line: 2, character: 32 } });
  });

  it('gives a quantity in other units', () => {
    expect(markdown(inSystem('  service Api : realtime { loads_in 9<|>0 s }'))).toContain('1\\.5 min');
  });

  it('takes the unit of a range from its end, and gives each unit once', () => {
    const text = markdown(inSystem('  service Api : realtime { loads_in 6<|>0..90 s }'));
    expect(text).toContain('1 to 1\\.5 min');
    expect(text).not.toContain('minute');
  });

  it('gives the figures of an entry of the catalogue, with source and day', () => {
    const text = markdown(inSystem('  service Api : realtime { runs_on aws.g5<|>_xlarge }'));
    expect(text).toMatch(/USD\\\/h/);
    expect(text).toMatch(/as of/);
  });

  it('names the rule of an acceptance', () => {
    expect(hover(inSystem('  accept ML09<|>.1 on Score { because "x" }'))?.rule).toBe('ML09.1');
  });

  it('says what an imported file declares', () => {
    expect(markdown('import * from "sha<|>red.mlarch"\n', { 'shared.mlarch': 'store Log : log\n' })).toContain('Log');
  });

  it('says what a path is evidence of, and what it is', () => {
    const path = markdown(inSystem('  service Api : realtime { replicas 2 throughput 40..60 req/s evidence "perf/2026.csv" "docs/lo<|>ad.md#peak-load" }'));
    expect(path).toContain('Evidence for `throughput 40..60 req/s` of `service Api`.');
    expect(path).toContain('`load.md` is a Markdown document, under the heading `peak-load`.');
    expect(path).toContain('relative to main\\.mlarch');
    expect(markdown(inSystem('  owner "Risk" evidence "own<|>ers/"'))).toMatch(/Evidence for `owner "Risk"` of `system S`[\s\S]*is a folder/);
    expect(markdown(inSystem('  Web -> Score { sync timeout 200 ms evidence "contract.av<|>sc" }'))).toMatch(/Evidence for `timeout 200 ms` of `Web -> Score`[\s\S]*an Avro schema/);
    expect(markdown(inSystem('  monitor Drift : data_drift { threshold none evidence "Make<|>file" }'))).toMatch(/Evidence for `threshold none` of `monitor Drift`[\s\S]*`Makefile` is a file/);
    expect(markdown(inSystem('  target Next {\n    change Score { task ranking evidence "a.ip<|>ynb" }\n  }'))).toMatch(/Evidence for `task ranking` of `Score`[\s\S]*notebook/);
  });

  it('says of an address whose it is, and that it is not looked up', () => {
    expect(markdown(inSystem('  service Api { replicas 2 evidence "https://grafana.ex<|>ample.com/d/7" }'))).toMatch(/Evidence for `replicas 2`[\s\S]*A page of grafana\\\.example\\\.com\. Addresses are not looked up/);
    expect(markdown(inSystem('  service Api { replicas 2 evidence "s3://buck<|>et/x.csv" }'))).toContain('An address. Addresses');
  });

  it('says what a property that names a file means', () => {
    expect(markdown(inSystem('  runbook Fraud { file "runbooks/fr<|>aud.md" }'))).toMatch(/^\*\*file\*\* of `runbook Fraud`: Where it is\\\.[\s\S]*`fraud\.md` is a Markdown document/);
    expect(markdown(inSystem('  runbook Fraud { file "runbooks/fraud.md" evidence "dr<|>ill.md" }'))).toContain('Evidence for `file "runbooks/fraud.md"` of `runbook Fraud`.');
  });

  it('never lets a file write Markdown or HTML', () => {
    const evil = '/** <img src=x onerror=alert(1)> [click](command:workbench.action.quit) ``` \n# Head\n ![](http://x.example/a.png) <https://x.example> */\n';
    const text = markdown(inSystem(`${evil}  service Ap<|>i : realtime { owner "[a](command:b) | \`c\` <b>" }`));
    // Without what is escaped, and without code.
    const live = text.replaceAll(/\\[!-/:-@[-`{-~]/g, '').replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    const path = markdown(inSystem('  service Api { replicas 2 evidence "a`b<|>`<img src=x>[c](command:d).md#`e`" }')).replaceAll(/\\[!-/:-@[-`{-~]/g, '').replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(path).not.toMatch(/[[\]<>`#!]|command:/);
    expect(live).not.toMatch(/[[\]<>`#!]|command:|https?:/);
  });

  it('says nothing on space, comments and broken text', () => {
    expect(hover(inSystem('  <|>  '))).toBeUndefined();
    expect(hover(inSystem('  // comm<|>ent'))).toBeUndefined();
    expect(hover('system S {\n  service = <|> {\n')).toBeUndefined();
  });
});
