import { review } from '../analysis/review.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { documentOf } from '../diagram/document.ts';
import { pictureOf } from '../diagram/picture.ts';
import { bundledLibrary } from '../language/bundled-library.ts';
import { lowerProject } from '../language/lowering/lower-project.ts';
import { loadProject } from '../language/project.ts';
import { FENCE, type FenceParams, type FenceResult } from '../protocol/diagram.ts';
import type { FeatureHost } from './feature-host.ts';
import { guarded } from './guard.ts';
import { Layouts } from './layouts.ts';
import type { Drawing } from './pictures.ts';
import { resolve } from './uris.ts';

/** Draws texts that are no files: the fences of Markdown documents. One after the other, so that a long document starts one thread. */
export function registerFences(host: FeatureHost, drawing: Drawing): void {
  const layouts = new Layouts(() => drawing.startLayoutThread(host.options));
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (params: FenceParams): Promise<FenceResult> => {
    const next = last.then(() => drawn(host, layouts, params));
    last = next.catch(() => undefined);
    return next;
  };
  host.connection.onRequest(FENCE, guarded<FenceParams, FenceResult>(host.report, 'fence', { kind: 'none', because: 'The picture could not be made; the log of the server says why.' }, inTurn));
}

async function drawn({ syntax, reviewer }: FeatureHost, layouts: Layouts, { text, uri, view, state, theme }: FenceParams): Promise<FenceResult> {
  // What it imports may be among the files of the workspace; no others are read.
  await reviewer.loaded;
  const entry = uri === undefined ? 'untitled:fence.mlarch' : `${uri}.fence.mlarch`;
  const parse = syntax.parse.bind(syntax);
  const project = loadProject({ parse, resolve, read: (file) => syntax.file(file)?.text }, [{ file: entry, text }]);
  const { architectures: [architecture], problems } = lowerProject(project, { library: bundledLibrary(), entries: [entry] });
  const fault = problems.find(({ severity, span }) => severity === 'error' && span.file === entry);
  if (!architecture) return { kind: 'none', because: fault ? `${fault.message} (line ${fault.span.range.start.line + 1})` : 'This text declares no system.' };
  const { today } = reviewer.latest();
  // No date: the same text is the same picture every day.
  const diagram = pictureOf({ architecture, settings: DEFAULT_SETTINGS, today }, review(architecture, { today }), { view, state });
  if ('because' in diagram) return { kind: 'none', because: diagram.because };
  const svg = await documentOf(diagram, { format: 'svg', theme, scale: 1 }, layouts.of('fence'), () => {
    throw new Error('An SVG needs no paint box.');
  });
  return { kind: 'svg', svg: String(svg) };
}
