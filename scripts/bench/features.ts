/** What the editor shows of a review, for a generated architecture: `node scripts/bench/features.ts [COMPONENTS]`. Milliseconds, cold and warm. */
import { reviewInSteps } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { finish } from '../../src/model/steps.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import { EmptyFileSystem } from 'langium';
import { loadProject } from '../../src/language/project.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { parseSource } from '../../src/language/source-file.ts';
import type { Snapshot } from '../../src/server/analysis.ts';
import { codeActions } from '../../src/server/features/code-actions.ts';
import { codeLenses } from '../../src/server/features/code-lenses.ts';
import { diagnosticsOf } from '../../src/server/features/diagnostics.ts';
import { hoverExtras } from '../../src/server/features/hover-extras.ts';
import { inlayHints } from '../../src/server/features/inlay-hints.ts';
import { reviewsResult } from '../../src/server/features/reviews.ts';
import { DEFAULT_SERVER_SETTINGS } from '../../src/server/settings.ts';
import { generateArchitecture } from './generate.ts';

const RUNS = 15;
const URI = 'file:///bench/main.mlarch';
const TODAY = '2026-11-21';
const everywhere = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
const client = { commands: true, acceptRiskCommand: true, snippetEdits: true };

const text = generateArchitecture(Number(process.argv[2] ?? 2000));
const parser = createMlarchServices(EmptyFileSystem).mlarch.parser.LangiumParser;
const { request, snapshot } = prepare();
const findings = snapshot.analyses.flatMap(({ systems }) => systems.flatMap(({ review }) => review.findings));
console.log(`${text.length} characters, ${findings.length} findings`);

measure('diagnostics', () => diagnosticsOf(snapshot, DEFAULT_SERVER_SETTINGS));
measure('reviews', () => reviewsResult(snapshot));
measure('code lenses', () => codeLenses(snapshot, URI, true));
measure('inlay hints, figures included once', () => inlayHints(snapshot, URI, everywhere));
measure('figures', () => prepare().snapshot.analyses[0]?.systems[0]?.review.figures, (figures) => figures?.());
measure('hover', () => hoverExtras(snapshot, URI, 'Api0'));
measure('code actions on a finding', () => codeActions(snapshot, request, client));
measure('code actions on all of the file', () => codeActions(snapshot, { ...request, range: everywhere }, client));

/** A review as the server has it after an analysis. */
function prepare(): { snapshot: Snapshot; request: Parameters<typeof codeActions>[1] } {
  const host = { parse: (file: string, content: string) => parseSource(parser, file, content), resolve: () => undefined, read: () => undefined };
  const project = loadProject(host, [{ file: URI, text }]);
  const { architectures, problems, catalogue, rules } = lowerProject(project, { library: bundledLibrary(), entries: [URI] });
  const systems = architectures.map((architecture) => ({ architecture, settings: DEFAULT_SETTINGS, review: finish(reviewInSteps(architecture, { today: TODAY })) }));
  const range = systems[0]?.review.findings.find(({ remedy }) => remedy.changes.length > 0)?.span.range ?? everywhere;
  return { snapshot: { analyses: [{ entry: URI, files: new Set([URI]), surroundings: new Set(), problems, systems, catalogue, rules }], textOf: () => text, today: TODAY }, request: { uri: URI, range, diagnostics: [] } };
}

function measure<T>(what: string, before: () => T, work?: (value: T) => unknown): void {
  const times = Array.from({ length: RUNS }, () => {
    const value = work ? before() : undefined;
    const start = performance.now();
    if (work) work(value as T);
    else before();
    return performance.now() - start;
  });
  const sorted = times.toSorted((a, b) => a - b);
  console.log(`${what}: ${(times[0] ?? 0).toFixed(1)} cold, ${(sorted[Math.floor(RUNS / 2)] ?? 0).toFixed(1)} median, ${(sorted[0] ?? 0).toFixed(1)} best`);
}
