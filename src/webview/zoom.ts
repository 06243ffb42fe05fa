import type { Box, Point } from '../diagram/scene.ts';
import type { Viewport } from '../protocol/page.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const [LEAST, MOST, STEP, PAN, MARGIN] = [0.04, 6, 1.25, 70, 24] as const;

const within = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale));

/** Larger or smaller; the point of the page stays where it is. */
export function zoomed({ x, y, scale }: Viewport, factor: number, about: Point): Viewport {
  const to = within(scale * factor);
  return { x: about.x - ((about.x - x) * to) / scale, y: about.y - ((about.y - y) * to) / scale, scale: to };
}

export const panned = (viewport: Viewport, dx: number, dy: number): Viewport => ({ ...viewport, x: viewport.x + dx, y: viewport.y + dy });

/** All of a picture in the middle, and no larger than it is. */
export function fitted({ width, height }: Size, stage: Size): Viewport {
  const scale = within(Math.min(1, (stage.width - 2 * MARGIN) / Math.max(width, 1), (stage.height - 2 * MARGIN) / Math.max(height, 1)));
  return { scale, x: (stage.width - width * scale) / 2, y: (stage.height - height * scale) / 2 };
}

/** A box in the middle, at the same size. */
export const centred = ({ scale }: Viewport, box: Box, stage: Size): Viewport => ({ scale, x: stage.width / 2 - (box.x + box.width / 2) * scale, y: stage.height / 2 - (box.y + box.height / 2) * scale });

/** Moved no further than is needed to see a box; as it was where the box is seen. */
export function showing(viewport: Viewport, box: Box, stage: Size): Viewport {
  const { x, y, scale } = viewport;
  const shift = (from: number, length: number, room: number): number => (from < MARGIN || length > room - 2 * MARGIN ? MARGIN - from : from + length > room - MARGIN ? room - MARGIN - from - length : 0);
  const [dx, dy] = [shift(box.x * scale + x, box.width * scale, stage.width), shift(box.y * scale + y, box.height * scale, stage.height)];
  return dx === 0 && dy === 0 ? viewport : panned(viewport, dx, dy);
}

/** What the keys of the stage do to the viewport; nothing for other keys. */
export function keyed(viewport: Viewport, key: string, stage: Size, picture: Size): Viewport | undefined {
  const middle = { x: stage.width / 2, y: stage.height / 2 };
  switch (key) {
    case '+':
    case '=':
      return zoomed(viewport, STEP, middle);
    case '-':
      return zoomed(viewport, 1 / STEP, middle);
    case '0':
      return fitted(picture, stage);
    case '1':
      return zoomed(viewport, 1 / viewport.scale, middle);
    case 'ArrowLeft':
      return panned(viewport, PAN, 0);
    case 'ArrowRight':
      return panned(viewport, -PAN, 0);
    case 'ArrowUp':
      return panned(viewport, 0, PAN);
    case 'ArrowDown':
      return panned(viewport, 0, -PAN);
    default:
      return undefined;
  }
}

/** Wheel, drag and pinch. `wasDragged` tells a click from the end of a drag. */
export function attachZoom(stage: HTMLElement, get: () => Viewport, set: (viewport: Viewport) => void): { wasDragged(): boolean } {
  const pointers = new Map<number, Point>();
  let dragged = false;
  const at = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      // Lines and pages instead of pixels, on some mice.
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 20 : 400;
      // A pinch on a touchpad comes as a wheel with Control.
      if (event.ctrlKey || event.metaKey) set(zoomed(get(), Math.exp((-event.deltaY * unit) / 250), at(event)));
      else if (event.shiftKey && event.deltaX === 0) set(panned(get(), -event.deltaY * unit, 0));
      else set(panned(get(), -event.deltaX * unit, -event.deltaY * unit));
    },
    { passive: false },
  );
  stage.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    if (pointers.size === 0) dragged = false;
    pointers.set(event.pointerId, at(event));
  });
  stage.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (!dragged && !other && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    // Only now: a click has to reach what it is on.
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    stage.classList.add('dragging');
    pointers.set(event.pointerId, now);
    if (!other) return set(panned(get(), now.x - before.x, now.y - before.y));
    const [apart, wasApart] = [distance(now, other), distance(before, other)];
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    set(panned(zoomed(get(), apart / Math.max(wasApart, 1), middle), (now.x - before.x) / 2, (now.y - before.y) / 2));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(end, (event) => {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) stage.classList.remove('dragging');
    });
  }
  return { wasDragged: () => dragged };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
