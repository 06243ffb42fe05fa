import { anchorOf } from './anchor.ts';
import type { Picture } from './block.ts';

/**
 * A picture as a part of a page: its ids are its own among other pictures, and its parts are one image to a reader that
 * speaks. Our writers put no bare `>` into attributes, so tags can be told by it.
 */
export function embeddedSvg({ id, svg }: Picture): string {
  const own = (name: string): string => `${anchorOf(id)}-${name}`;
  return svg.trim().replaceAll(/<[a-z][^>]*>/gi, (tag) => {
    const inner = tag.startsWith('<svg') ? tag : tag.replaceAll(/ (?:role|aria-label|data-[a-z-]+)="[^"]*"/g, '');
    return inner
      .replaceAll(/ id="([^"]*)"/g, (_, name: string) => ` id="${own(name)}"`)
      .replaceAll(/ aria-(labelledby|describedby)="([^"]*)"/g, (_, attribute: string, names: string) => ` aria-${attribute}="${names.split(' ').map(own).join(' ')}"`)
      .replaceAll(/url\(#([^)]*)\)/g, (_, name: string) => `url(#${own(name)})`)
      .replaceAll(/ (xlink:)?href="#([^"]*)"/g, (_, prefix: string | undefined, name: string) => ` ${prefix ?? ''}href="#${own(name)}"`);
  });
}

/** Width and height as the picture declares them, in pixels; a picture that declares none is square. */
export function sizeOfSvg(svg: string): { readonly width: number; readonly height: number } {
  const root = /<svg[^>]*>/.exec(svg)?.[0] ?? '';
  const figure = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1] ?? 100) || 100;
  return { width: figure('width'), height: figure('height') };
}
