import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { EXAMPLES } from '../support/examples.ts';
import { session } from './session.ts';

const EDITS = 10_000;
/** After how many edits the diagnostics are compared with those of a new document. */
const EVERY = 100;

const START = EXAMPLES['examples/published/startup-on-one-machine.mlarch'] ?? '';
const PIECES = ['\n', '{', '}', '"', '[', ']', ',', ' -> ', '// ', '/*', '*/', '\r\n', ' ', 'none', 'replicas 2', '4 req/s', 'service X : realtime {\n}\n', 'store Y : log { retention 3 days }\n', 'WebApp -> Api\n', 'system T {\n', '}\n}\n', 'accept ML09.1 on Api { because "x" }\n', 'import * from "b.mlarch"\n', 'é', '🙂', '\\'];

/** A generator of numbers that gives the same ones each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe('ten thousand edits of an open document', () => {
  it('leave the server alive, and its diagnostics as those of a document that is opened anew', async () => {
    const { client, uri } = await session();
    const next = random(fc.sample(fc.nat(), { seed: 7, numRuns: 1 })[0] ?? 7);
    const file = uri('edited.mlarch');
    let document = TextDocument.create(file, 'mlarch', 1, START);
    const undo: string[] = [];
    let copied = '';
    let version = 1;
    await client.open(file, START);
    for (let edit = 1; edit <= EDITS; edit += 1) {
      const text = document.getText();
      const offset = Math.floor(next() * (text.length + 1));
      const length = Math.min(text.length - offset, next() < 0.5 ? 0 : Math.floor(next() * (next() < 0.1 ? 300 : 12)));
      const choice = next();
      if (choice < 0.12 && undo.length > 0) {
        const earlier = undo.pop() ?? START;
        version = await client.change(file, earlier);
        document = TextDocument.create(file, 'mlarch', version, earlier);
      } else {
        if (choice < 0.2) copied = text.slice(offset, offset + 200);
        const piece = choice < 0.2 ? copied : choice < 0.7 ? (PIECES[Math.floor(next() * PIECES.length)] ?? '') : choice < 0.85 ? String.fromCharCode(32 + Math.floor(next() * 94)) : '';
        const newText = text.length > 12_000 ? '' : piece;
        const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
        undo.push(text);
        if (undo.length > 30) undo.shift();
        version = await client.change(file, { range, newText });
        document = TextDocument.update(document, [{ range, text: newText }], version);
        // Lest the text end as a heap of braces, it now and then is what it was.
        if (next() < 0.01) {
          version = await client.change(file, START);
          document = TextDocument.create(file, 'mlarch', version, START);
        }
      }
      // A question in between makes the server parse what it would otherwise have passed over.
      if (edit % 7 === 0) void client.request('textDocument/hover', { textDocument: { uri: file }, position: document.positionAt(offset) }).catch(() => undefined);
      if (edit % EVERY !== 0) continue;
      const edited = await client.published(file, version);
      const copy = uri(`copy-${edit}.mlarch`);
      await client.open(copy, document.getText());
      const fresh = await client.published(copy, 1);
      await client.close(copy);
      const named = (diagnostics: readonly unknown[]) => JSON.parse(JSON.stringify(diagnostics).replaceAll(/copy-\d+\.mlarch/g, 'edited.mlarch')) as unknown;
      expect(named(edited), `after ${edit} edits`).toEqual(named(fresh));
    }
    expect(client.process.exitCode).toBeNull();
    expect(client.log).toEqual([]);
  }, 300_000);
});
