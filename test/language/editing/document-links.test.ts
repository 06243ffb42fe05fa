import { describe, expect, test } from 'vitest';
import { documentLinks } from '../../../src/language/editing/document-links.ts';
import { workspaceOf } from './workspace.ts';

const MAIN = 'file:///repo/arch/main.mlarch';

/** Each link as the text that it covers, and where it leads. */
function linksIn(text: string, others: Readonly<Record<string, string>> = {}, file = MAIN): [string, string | undefined][] {
  const workspace = workspaceOf({ [file]: text, ...others });
  const source = workspace.file(file)!;
  const lines = text.split('\n');
  return documentLinks(workspace, source).map(({ range, target, rule }) => {
    expect(range.end.line).toBe(range.start.line);
    return [lines[range.start.line]!.slice(range.start.character, range.end.character), target ?? rule];
  });
}

const TEXT = `import { Lake } from "data.mlarch"
import * from "missing.mlarch"

system Shop {
  owner "A" evidence "https://wiki.example/owners"
  store Old {
    layer raw evidence "docs/old.md#layers" "../notes.md"
    see ["https://example.org/a", "javascript:alert(1)"]
  }
  runbook Steps { file "runbooks/fraud.md" owner "docs/not-a-link.md" }
  model M { owner "x" evidence "file:///etc/passwd" "/etc/passwd" "command:run" "http://" "C:\\\\x" }
  accept ML09.1 on Old { because "https://example.org/why" by "A" until 2027-03-31 }
}
`;

describe('links', () => {
  const EXPECTED = [
    ['data.mlarch', 'file:///repo/arch/data.mlarch'],
    ['https://wiki.example/owners', 'https://wiki.example/owners'],
    ['docs/old.md#layers', 'file:///repo/arch/docs/old.md'],
    ['../notes.md', 'file:///repo/notes.md'],
    ['https://example.org/a', 'https://example.org/a'],
    ['runbooks/fraud.md', 'file:///repo/arch/runbooks/fraud.md'],
    ['ML09.1', 'ML09.1'],
    ['https://example.org/why', 'https://example.org/why'],
  ];
  const data = { 'file:/repo/arch/data.mlarch': 'store Lake\n' };

  // The paths of the support are those of POSIX: it resolves `file:///repo` to `file:/repo`.
  const links = (text: string) => linksIn(text, data).map(([text, target]) => [text, target?.replace('file:/repo', 'file:///repo')]);

  test('lead to files, web pages and rules, and nowhere else', () => expect(links(TEXT)).toEqual(EXPECTED));
  test('with CRLF', () => expect(links(TEXT.replaceAll('\n', '\r\n'))).toEqual(EXPECTED));
  test('after a syntax error', () => expect(links(TEXT.replace('system Shop {', 'system Shop {\n  store Half {\n  }}'))).toContainEqual(['ML09.1', 'ML09.1']));

  test.each([['', []], ['import', []], ['import * from "', []], ['system A {\n  accept', []], ['system A {\n  owner "x" evidence "', []]])('in %j', (text, expected) => expect(linksIn(text)).toEqual(expected));

  test('of a file without a place lead to the web only', () => {
    expect(linksIn('store A { layer raw evidence "a.md" "https://example.org/" }\n', {}, 'untitled:Untitled-1')).toEqual([['https://example.org/', 'https://example.org/']]);
  });
});
