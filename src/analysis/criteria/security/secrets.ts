import type { Change, Element, Span, Stated } from '../../../model/architecture.ts';
import { gap, satisfied, type Criterion, type Outcome } from '../../rule.ts';

/** Shapes of credentials that do not occur by chance. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an access key of AWS'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b/, 'a token of GitHub'],
  [/\bglpat-[A-Za-z0-9_-]{20,}/, 'a token of GitLab'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a token of Slack'],
  [/\bAIza[0-9A-Za-z_-]{35}\b/, 'a key of Google'],
  [/\bhf_[A-Za-z0-9]{30,}\b/, 'a token of Hugging Face'],
  [/\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/, 'a key of a language model’s interface'],
  [/\b[sr]k_live_[A-Za-z0-9]{16,}/, 'a key of Stripe'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/, 'a signed token'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:(?!\*+@|\$|<|\{|x+@)[^\s:/@]{4,}@/i, 'an address with a password in it'],
  [/\b(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token)\s*[=:]\s*["']?(?!\*|\$|<|\{|env\b|x+\b)(?=[^\s"']*\d)[A-Za-z0-9+/_.!-]{8,}/i, 'a password or key'],
];

export const noSecrets: Criterion = {
  id: 'SEC-09',
  slug: 'no-secrets-in-the-file',
  title: 'No text of the file holds a password, key or token',
  type: 'gap',
  severity: 'high',
  sources: ['OWASP LLM (2025) LLM07', 'OWASP ML (2023) ML06', 'MITRE ATLAS AML.M0000'],
  why: 'The file is read by everyone who reads the code, and its history keeps what was taken out of it.',
  remediation: 'Revoke the credential now, put a new one into a store of secrets, and name here only where it is.',
  effort: 'S',
  falsePositives: 'It may be a made-up example: shorten it, or write the name of the secret instead.',
  pack: 'security',
  counts: 'at every stage',
  applies: () => true,
  *evaluate({ architecture }) {
    let found = 0;
    for (const element of [architecture.system, ...architecture.components.values(), ...architecture.flows]) {
      for (const outcome of leaksIn(element)) {
        found += 1;
        yield outcome;
      }
    }
    for (const decision of architecture.decisions) {
      const shape = shapeOf([decision.title, decision.doc ?? '', ...textsIn(decision.properties)].join('\n'));
      if (!shape) continue;
      found += 1;
      yield leak(architecture.system, shape, `the decision at line ${decision.span.range.start.line + 1}`, { about: `decision.${decision.span.range.start.line}`, span: decision.span });
    }
    if (found === 0) yield satisfied(architecture.system, { because: 'no text in the file looks like a credential' });
  },
};

function* leaksIn(element: Element): Iterable<Outcome> {
  for (const [property, stated] of Object.entries(element.properties as Readonly<Record<string, Stated | undefined>>)) {
    const shape = stated && shapeIn(stated);
    if (!shape) continue;
    // The remedy takes the text out; what it said is not repeated anywhere.
    const changes: Change[] = element.kind === 'flow' ? [] : [{ op: 'unset', subject: element.name, property }];
    yield leak(element, shape, `\`${property}\` of ${element.name}`, { about: property, at: property, changes });
  }
  const shape = shapeOf(element.doc ?? '');
  if (shape) yield leak(element, shape, `the description of ${element.name}`, { about: 'description' });
}

const leak = (element: Element, shape: string, where: string, details: { readonly about: string; readonly at?: string; readonly span?: Span; readonly changes?: readonly Change[] }): Outcome =>
  gap(element, { ...details, message: `${where.charAt(0).toUpperCase()}${where.slice(1)} holds what looks like ${shape}.`, impact: 'Who reads the file cannot get in' });

/** Statements outlive an edit of their neighbours: each is looked through once. */
const seen = new WeakMap<Stated, string>();

function shapeIn(stated: Stated): string | undefined {
  let shape = seen.get(stated);
  if (shape === undefined) seen.set(stated, (shape = shapeOf(textsIn(stated).join('\n')) ?? 'nothing'));
  return shape === 'nothing' ? undefined : shape;
}

const shapeOf = (text: string): string | undefined => (text.length < 8 ? undefined : SHAPES.find(([pattern]) => pattern.test(text))?.[1]);

/** All texts within a value, evidence and reasons included. */
function textsIn(held: unknown): string[] {
  if (typeof held === 'string') return [held];
  if (Array.isArray(held)) return held.flatMap(textsIn);
  if (typeof held !== 'object' || held === null) return [];
  return Object.entries(held).flatMap(([key, inner]) => (key === 'span' ? [] : textsIn(inner)));
}
