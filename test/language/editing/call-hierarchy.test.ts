import { describe, expect, test } from 'vitest';
import type { Range } from '../../../src/model/architecture.ts';
import { incomingFlows, outgoingFlows, prepareCallHierarchy } from '../../../src/language/editing/call-hierarchy.ts';
import { atCursor, workspaceOf } from './workspace.ts';

type Texts = Readonly<Record<string, string>>;

/** The neighbours of the component at the cursor: `file name [what the ranges cover]`. */
function flowsAt(marked: Texts): { item: string | undefined; incoming: string[]; outgoing: string[] } {
  const { workspace, source, position } = atCursor(marked);
  const [item] = prepareCallHierarchy(workspace, source, position);
  if (!item) return { item: undefined, incoming: [], outgoing: [] };
  const cut = (uri: string, ranges: readonly Range[]) => ranges.map(({ start, end }) => `${start.line}:${workspace.file(uri)!.text.split('\n')[start.line]!.slice(start.character, end.character)}`).join(' ');
  return {
    item: `${item.uri} ${item.name} ${item.detail}`,
    incoming: incomingFlows(workspace, item).map(({ from, fromRanges }) => `${from.uri} ${from.name} [${cut(from.uri, fromRanges)}]`),
    outgoing: outgoingFlows(workspace, item).map(({ to, fromRanges }) => `${to.uri} ${to.name} [${cut(item.uri, fromRanges)}]`),
  };
}

const TEXTS = {
  'main.mlarch': `import { Lake } from "data.mlarch"
system Shop {
  consumer App : application
  service Api : realtime { replicas 2..8 }
  store Log
  App -> Api -> Log { async }
  Api -> Lake
  App -> Api { sync }
  Lake -> Nowhere
  target Next {
    add Log -> Api
  }
}
`,
  'data.mlarch': `store Lake
source Orders
Orders -> Lake
`,
  'other.mlarch': `system Other {
  service Api
  store Lake
  Api -> Lake
}
`,
};
const at = (file: keyof typeof TEXTS, from: string, to: string): Texts => ({ ...TEXTS, [file]: TEXTS[file].replace(from, to) });

describe('flows as a hierarchy of calls', () => {
  const API = {
    item: 'main.mlarch Api service : realtime, replicas 2..8',
    incoming: ['main.mlarch App [5:App -> Api 7:App -> Api]'],
    outgoing: ['main.mlarch Log [5:Api -> Log]', 'data.mlarch Lake [6:Api -> Lake]'],
  };

  test('from a declaration', () => expect(flowsAt(at('main.mlarch', 'service Api', 'service A<|>pi'))).toEqual(API));
  test('from the end of a flow', () => expect(flowsAt(at('main.mlarch', 'Api -> Lake', 'Api<|> -> Lake'))).toEqual(API));

  test('with CRLF', () => {
    const texts = Object.fromEntries(Object.entries(at('main.mlarch', 'service Api', 'service A<|>pi')).map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]));
    expect(flowsAt(texts)).toEqual(API);
  });

  test('across files, where the name means the component', () => {
    expect(flowsAt(at('data.mlarch', 'store Lake', 'store <|>Lake'))).toEqual({
      item: 'data.mlarch Lake store',
      incoming: ['main.mlarch Api [6:Api -> Lake]', 'data.mlarch Orders [2:Orders -> Lake]'],
      outgoing: [],
    });
  });

  test('name the component itself where its flows stand in another file', () => {
    const texts = { 'main.mlarch': 'import * from "data.mlarch"\nLake -> Orders\n', 'data.mlarch': 'store <|>Lake\nsource Orders\n' };
    expect(flowsAt(texts)).toEqual({ item: 'data.mlarch Lake store', incoming: [], outgoing: ['data.mlarch Orders [0:Lake]'] });
  });

  test('come in from the place of the flow where it stands in another file than the component', () => {
    const texts = { 'main.mlarch': 'import * from "data.mlarch"\nOrders -> Lake\n', 'data.mlarch': 'store <|>Lake\nsource Orders\n' };
    expect(flowsAt(texts)).toEqual({ item: 'data.mlarch Lake store', incoming: ['main.mlarch Orders [1:Orders -> Lake]'], outgoing: [] });
  });

  test('of a component that flows to itself', () => {
    expect(flowsAt({ 'a.mlarch': 'store <|>A\nA -> A\n' })).toEqual({ item: 'a.mlarch A store', incoming: ['a.mlarch A [1:A -> A]'], outgoing: ['a.mlarch A [1:A -> A]'] });
  });

  test('beside a syntax error', () => {
    const found = flowsAt({ 'a.mlarch': 'system S {\n  store A\n  store B\n  monitor { [\n  A<|> -> B\n' });
    expect(found.item).toBe('a.mlarch A store');
    expect(found.outgoing).toEqual(['a.mlarch B [4:A -> B]']);
  });

  test.each([['<|>'], ['system <|>S {\n}\n'], ['store A <|>\n'], ['A<|> -> B\n'], ['registry none<|>\n'], ['technology t<|> {\n}\n'], ['store A { technology s3<|> }\n']])('nothing at %j', (text) => expect(flowsAt({ 'a.mlarch': text })).toEqual({ item: undefined, incoming: [], outgoing: [] }));

  test('an item of an older text is found by its name, or not at all', () => {
    const { workspace, source, position } = atCursor(at('main.mlarch', 'service Api', 'service A<|>pi'));
    const [item] = prepareCallHierarchy(workspace, source, position);
    const changed = workspaceOf({ ...TEXTS, 'main.mlarch': `\n\n\n${TEXTS['main.mlarch']}` });
    expect(incomingFlows(changed, item!).map(({ from }) => from.name)).toEqual(['App']);
    expect(incomingFlows(workspaceOf({ 'main.mlarch': 'store B\n' }), item!)).toEqual([]);
    expect(outgoingFlows(workspaceOf({}), item!)).toEqual([]);
  });
});
