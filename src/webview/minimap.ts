import type { Scene } from '../diagram/scene.ts';
import type { Viewport } from '../protocol/page.ts';
import { setAttributes, svg } from './element.ts';
import { centred, type Size } from './zoom.ts';

/** A picture with fewer nodes is small enough to find one’s way. */
const FEWEST = 60;
const MOST: Size = { width: 200, height: 150 };

export interface Minimap {
  readonly element: SVGSVGElement;
  draw(scene: Scene): void;
  /** The part that the stage shows. */
  follow(viewport: Viewport, stage: Size): void;
}

/** The whole picture in a corner, with a frame around the part that shows; a drag moves it. For the pointer only: keys have the arrows. */
export function createMinimap(get: () => Viewport, set: (viewport: Viewport) => void, stage: () => Size): Minimap {
  const boxes = svg('g');
  const frame = svg('rect', { class: 'frame' });
  const element = svg('svg', { class: 'minimap', 'aria-hidden': 'true' }, boxes, frame);
  element.toggleAttribute('hidden', true);
  let ratio = 1;
  const move = (event: PointerEvent): void => {
    const { left, top } = element.getBoundingClientRect();
    set(centred(get(), { x: (event.clientX - left) / ratio, y: (event.clientY - top) / ratio, width: 0, height: 0 }, stage()));
  };
  element.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
    move(event);
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) move(event);
  });
  return {
    element,
    draw: ({ nodes, width, height }) => {
      element.toggleAttribute('hidden', nodes.length <= FEWEST);
      if (nodes.length <= FEWEST) return;
      ratio = Math.min(MOST.width / width, MOST.height / height);
      setAttributes(element, { viewBox: `0 0 ${width} ${height}`, width: Math.ceil(width * ratio), height: Math.ceil(height * ratio) });
      boxes.replaceChildren(...nodes.map(({ node, x, y, width: w, height: h }) => svg('rect', { x, y, width: w, height: h, class: node.badges.some(({ severity }) => severity === 'critical' || severity === 'high') ? 'alarming' : undefined })));
    },
    follow: ({ x, y, scale }, { width, height }) => setAttributes(frame, { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale, 'stroke-width': 2 / ratio }),
  };
}
