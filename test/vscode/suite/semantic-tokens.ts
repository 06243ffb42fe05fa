import * as vscode from 'vscode';
import { equal, ok, test, until } from './harness.ts';
import { at, open } from './workspace.ts';

interface Token {
  readonly text: string;
  readonly line: number;
  readonly type: string | undefined;
}

function decode(document: vscode.TextDocument, { data }: vscode.SemanticTokens, legend: vscode.SemanticTokensLegend): Token[] {
  const tokens: Token[] = [];
  let [line, character] = [0, 0];
  for (let index = 0; index < data.length; index += 5) {
    const [deltaLine = 0, deltaStart = 0, length = 0, type = 0] = data.slice(index, index + 5);
    [line, character] = deltaLine > 0 ? [line + deltaLine, deltaStart] : [line, character + deltaStart];
    tokens.push({ text: document.getText(new vscode.Range(line, character, line, character + length)), line, type: legend.tokenTypes[type] });
  }
  return tokens;
}

test('semantic tokens: a name has one type where it is declared and where it is used', async () => {
  const document = await open('shop.mlarch');
  const tokens = await until('tokens', async () => {
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>('vscode.provideDocumentSemanticTokensLegend', document.uri);
    const found = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>('vscode.provideDocumentSemanticTokens', document.uri);
    return legend && found && found.data.length > 0 ? decode(document, found, legend) : undefined;
  });
  const typeIn = (text: string, line: number): string | undefined => tokens.find((token) => token.text === text && token.line === line)?.type;
  const declared = typeIn('Ranker', at(document, 'service Ranker').line);
  ok(declared, `No token for Ranker among: ${tokens.map(({ text }) => text).join(' ')}`);
  equal(typeIn('Ranker', at(document, 'Website -> Ranker').line), declared, 'Type of Ranker in a flow');
});
