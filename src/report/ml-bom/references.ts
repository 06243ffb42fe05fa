import type { Component, Stated, SystemElement } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { ExternalReference } from './cyclonedx.ts';

/** What a part points to: evidence of its properties, files that it names, documents about it. Each address once for each property. */
export function referencesOf(element: Component | SystemElement): ExternalReference[] {
  return Object.entries(element.properties as Readonly<Record<string, Stated | undefined>>).flatMap(([property, stated]) => {
    if (stated?.state === 'present' && property === 'see') return (stated.value as readonly string[]).flatMap((target) => reference('documentation', target, ''));
    const evidence = stated?.state === 'present' || stated?.state === 'none' ? (stated.evidence ?? []) : [];
    return evidence.flatMap(({ target, status }) => reference(typeOf(element, property), target, `${property}${status === 'missing' ? ', was not found' : ''}`));
  });
}

function typeOf(element: Component | SystemElement, property: string): ExternalReference['type'] {
  if (property === 'card') return 'model-card';
  if (property === 'bill_of_materials') return 'bom';
  const table = element.kind === 'system' ? vocabulary.forms.system : vocabulary.kinds[element.kind]?.properties;
  return table?.[property]?.linked === true ? 'documentation' : 'evidence';
}

function reference(type: ExternalReference['type'], target: string, comment: string): ExternalReference[] {
  const url = addressOf(target);
  return url === undefined ? [] : [{ type, url, ...(comment !== '' && { comment }) }];
}

/**
 * A path or web address as a URI reference (RFC 3986). Undefined for what a reader should not be led to: other schemes, and addresses that hold
 * a password.
 */
export function addressOf(target: string): string | undefined {
  const text = target.replaceAll(/\p{Cs}/gu, '\uFFFD').trim();
  if (text === '') return undefined;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return pathOf(text);
  try {
    const { protocol, host, username, password, pathname, search, hash } = new URL(text);
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
    return `${protocol}//${host}${escaped(pathname)}${escaped(search)}${hash.slice(0, 1)}${escaped(hash.slice(1)).replaceAll('#', '%23')}`;
  } catch {
    return undefined;
  }
}

function pathOf(text: string): string {
  const [path = '', ...fragment] = text.replaceAll('\\', '/').split('#');
  // Two slashes at the start would name a host.
  const segments = path.replace(/^\/{2,}/, '/').split('/').map(encodeURIComponent).join('/');
  return fragment.length > 0 ? `${segments}#${encodeURIComponent(fragment.join('#'))}` : segments;
}

/** Signs that browsers let pass and the form of addresses does not know. */
const escaped = (part: string): string => part.replaceAll(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/gi, encodeURIComponent);
