import type { Diagnostic } from 'vscode-languageserver-types';
import type { ServerSettings } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';

export function diagnosticsOf(snapshot: Snapshot, _settings: ServerSettings): Map<string, Diagnostic[]> {
  const map = new Map<string, Diagnostic[]>();
  const at = (uri: string) => map.get(uri) ?? (map.set(uri, []), map.get(uri) as Diagnostic[]);
  for (const analysis of snapshot.analyses) {
    for (const uri of analysis.files) at(uri);
    for (const p of analysis.problems) at(p.span.file).push({ range: p.span.range, message: p.message, code: p.code, source: 'mlarch' });
    for (const { review } of analysis.systems) for (const f of review.findings) at(f.span.file).push({ range: f.span.range, message: f.message, code: f.rule, source: 'mlarch', relatedInformation: f.path.map((h) => ({ location: { uri: h.span.file, range: h.span.range }, message: h.component })) });
  }
  return map;
}
