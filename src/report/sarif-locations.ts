import type { Span } from '../model/architecture.ts';

/** Paths are relative to where the tool was run, which in continuous integration is the root of the repository. */
export const ROOT = '%SRCROOT%';

export interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
}

/** SARIF counts from one; the end column is the one after the last character, as in the Language Server Protocol. */
export function physicalLocation({ file, range }: Span): PhysicalLocation {
  return {
    artifactLocation: artifactLocation(file),
    region: {
      startLine: range.start.line + 1,
      startColumn: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
    },
  };
}

function artifactLocation(file: string): PhysicalLocation['artifactLocation'] {
  const path = file.replaceAll('\\', '/').split('/').map(encodeSegment).join('/');
  if (path.startsWith('/')) return { uri: `file://${path}` };
  const drive = /^([A-Za-z])%3A\//.exec(path);
  if (drive) return { uri: `file:///${drive[1]}:${path.slice(4)}` };
  return { uri: path.replace(/^(?:\.\/)+/, ''), uriBaseId: ROOT };
}

/** Half of a pair of code units has no UTF-8 form; it becomes the replacement character. */
const encodeSegment = (segment: string): string => encodeURIComponent(segment.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

/** An element by its name in the model: `CardFraud.Scorer`. */
export function logicalLocation(component: string): { name: string; fullyQualifiedName: string; kind: string } {
  const dot = component.indexOf('.');
  return { name: dot < 0 ? component : component.slice(dot + 1), fullyQualifiedName: component, kind: dot < 0 ? 'system' : 'component' };
}
