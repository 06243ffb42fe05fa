type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const SVG = 'http://www.w3.org/2000/svg';

/** An element of HTML. Text goes in as text, never as markup. */
export function html<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** An element of SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: readonly (Node | string)[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/** `true` is an attribute without a value; `false` and nothing are no attribute. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** What the SVG writer wrote, as elements: read as XML, which neither runs scripts nor forgives what is not escaped. */
export function drawn(markup: string): readonly SVGElement[] {
  const root = new DOMParser().parseFromString(`<svg xmlns="${SVG}">${markup}</svg>`, 'image/svg+xml').documentElement;
  if (root.querySelector('parsererror') !== null || root.namespaceURI !== SVG) throw new Error('The picture is not well-formed.');
  return [...root.children].map((child) => document.importNode(child, true) as SVGElement);
}

/** Calls once, so many milliseconds after the last time it was asked to. */
export function debounced<A extends readonly unknown[]>(milliseconds: number, work: (...given: A) => void): (...given: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
}
