import type { Range } from '../../../src/model/architecture.ts';
import type { Workspace } from '../../../src/language/editing/workspace.ts';

/** A range as `file line:column text`; the range must be within one line of the file. */
export function shown(workspace: Workspace, file: string, { start, end }: Range): string {
  const line = workspace.file(file)?.text.split(/\r?\n/)[start.line];
  if (line === undefined || start.line !== end.line || end.character > line.length) throw new Error(`${file} has no ${JSON.stringify({ start, end })}`);
  return `${file} ${start.line}:${start.character} ${line.slice(start.character, end.character)}`;
}

export const inCrlf = (texts: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]));

/** Files that use names in every way that there is. */
export const FILES: Readonly<Record<string, string>> = {
  'main.mlarch': `import { Lake, own_store } from "data.mlarch"
system Shop {
  consumer App : application
  service Api : realtime { serves Churn logs_to Log }
  model Churn : trained { owner "A" }
  store Log { technology own_store }
  runbook Steps for Api
  rollout Canary for Api { watches Quality }
  monitor Quality : model_quality { watches [Api, Churn] }
  App -> Api -> Log
  Api -> Lake
  Lake -> Churn
  decision "One" { chosen Api }
  accept ML09.1 on Api { because "x" by "A" until 2027-03-31 }
  accept ML09.2 on Api -> Log { because "x" by "A" until 2027-03-31 }
  target Next {
    because "growth"
    change Api { replicas 3 }
    change Api -> Log { async }
    add store Spare { technology own_store }
    add Api -> Spare
    remove Api -> Log
    remove Quality
  }
}
`,
  'data.mlarch': `technology own_store { vendor "us" }
store Lake { technology own_store }
source Orders
Orders -> Lake
`,
  'wild.mlarch': `import * from "data.mlarch"
Orders -> Lake
`,
  'other.mlarch': `system Other {
  service Api
  store Lake
  Api -> Lake
}
`,
};

/** The files with a cursor before the first `word` of a line that holds `on`. */
export function cursorOn(file: string, on: string, word: string, files = FILES): Record<string, string> {
  const text = files[file] ?? '';
  const at = text.indexOf(word, text.indexOf(on));
  if (at < 0 || !text.includes(on)) throw new Error(`${file} has no ${word} in ${on}`);
  return { ...files, [file]: `${text.slice(0, at)}<|>${text.slice(at)}` };
}
