import { legendOf } from '../diagram/svg/legend.ts';
import type { PlacedNode } from '../diagram/scene.ts';
import type { TrafficResult } from '../protocol/diagram.ts';
import { choiceOf, type Change, type ToPage, type Viewport } from '../protocol/page.ts';
import { openChannel } from './channel.ts';
import { createDetails } from './details.ts';
import { createDrawing, partAt } from './draw.ts';
import { debounced, drawn, html, setAttributes, svg } from './element.ts';
import { createMinimap } from './minimap.ts';
import { createNotice } from './notice.ts';
import { needsTraffic, OVERLAY_TITLES, overlayOf } from './overlays.ts';
import { painted } from './paint.ts';
import { exportThemeOf, pageTheme, themeKind } from './page-theme.ts';
import { createSearch } from './search.ts';
import { attachSelection } from './select.ts';
import { placedAs, sameChoice, sameView, shownAfter, type Shown } from './state.ts';
import { drawTags, overlayLegend } from './tags.ts';
import { createToolbar, type Groups } from './toolbar.ts';
import { createTraffic } from './traffic.ts';
import { attachZoom, centred, fitted, keyed, panned, showing, type Size } from './zoom.ts';

/** The page of a diagram: it draws what the extension sends, and asks it for the rest. */
function start(): void {
  const channel = openChannel();
  let shown: Shown | undefined;
  let traffic: TrafficResult | undefined;
  let viewport: Viewport = { x: 0, y: 0, scale: 1 };
  /** Of an earlier page, until its picture is there. */
  let revived = channel.restored();

  const drawing = createDrawing();
  const empty = html('p', { class: 'empty', 'data-testid': 'empty' }, 'The picture is being made …');
  const heading = html('p', { class: 'heading', 'data-testid': 'heading' });
  const stage = html('div', { class: 'stage', tabindex: 0, role: 'application', 'aria-roledescription': 'diagram', 'aria-label': 'Diagram', 'data-testid': 'stage' }, drawing.root, empty);
  const scene = (): Shown['scene'] | undefined => shown?.scene;
  /** Kept, since to measure it makes the browser lay out the whole picture. */
  let size: Size = { width: 0, height: 0 };
  const measure = (): void => {
    size = { width: stage.clientWidth, height: stage.clientHeight };
  };
  const sizeOfStage = (): Size => size;

  const keep = debounced(200, () => {
    if (shown) channel.keep({ uri: shown.uri, ...shown.choice, viewport });
  });
  const setViewport = (next: Viewport): void => {
    viewport = next;
    drawing.world.setAttribute('transform', `translate(${next.x} ${next.y}) scale(${next.scale})`);
    toolbar.zoomed(next.scale);
    minimap.follow(next, sizeOfStage());
    details.close();
    keep();
  };
  const zoom = attachZoom(stage, () => viewport, setViewport);
  const minimap = createMinimap(() => viewport, setViewport, sizeOfStage);
  const notice = createNotice();
  const details = createDetails(stage, drawing, scene, (component) => channel.send({ type: 'details', component }));
  const selection = attachSelection(stage, drawing, scene, {
    reveal: (id, open) => channel.send({ type: 'reveal', id, open }),
    show: (node) => setViewport(showing(viewport, node, sizeOfStage())),
    open: ({ stands: [first] = [] }) => choose({ opened: [...new Set([...(shown?.choice.opened ?? []), ...(first === undefined ? [] : [first])])] }),
    close: ({ opened }) => closeGroup(opened),
    wasDragged: zoom.wasDragged,
  });
  const search = createSearch(scene, markFound, () => stage.focus());
  const trafficBar = createTraffic((multiple) => {
    if (!needsTraffic(toolbar.overlay())) toolbar.setOverlay('utilisation');
    channel.send({ type: 'traffic', multiple });
  });
  const legend = html('div', { class: 'legend', 'data-testid': 'legend-content' });
  const overlayKey = html('div', { class: 'overlay-legend', role: 'group', 'aria-label': 'Legend of the overlay', hidden: true, 'data-testid': 'overlay-legend' });
  const toolbar = createToolbar(
    {
      choose,
      overlay: (name) => {
        // Figures of another overlay are the same figures.
        if (needsTraffic(name) && !traffic) channel.send({ type: 'traffic', multiple: trafficBar.multiple() });
        drawOverlay();
      },
      zoom: (key) => zoomBy(key),
      export: (format, theme) => channel.send({ type: 'export', format, theme }),
    },
    { search: search.element, traffic: trafficBar.element, legend },
  );

  function zoomBy(key: string): boolean {
    const now = scene();
    const next = keyed(viewport, key, sizeOfStage(), now ?? { width: 1, height: 1 });
    if (next) setViewport(next);
    return next !== undefined;
  }

  function choose(change: Change): void {
    if (!shown) return;
    const before = shown.choice;
    const wanted = { ...before, ...change, view: change.view ?? before.view, state: change.state ?? before.state };
    // Another system has other components.
    const { focus, ...rest } = change.system !== undefined && change.system !== before.system ? { ...wanted, focus: undefined, opened: undefined } : wanted;
    const around = focus ?? firstOf(selection.selected()) ?? shown.focusable[0];
    stage.setAttribute('aria-busy', 'true');
    channel.send({ type: 'choose', choice: choiceOf(wanted.view === 'focus' ? { ...rest, focus: around } : rest) });
  }

  /** Draws the group of an opened node as one again: none of its components is among those that open it. */
  function closeGroup(group: string | undefined): void {
    const inGroup = new Set(shown?.scene.nodes.flatMap(({ node }) => (node.opened === group ? [node.id] : [])));
    choose({ opened: shown?.choice.opened?.filter((name) => !inGroup.has(name)) });
  }

  function markFound(ids: readonly string[] | undefined, current: string | undefined): void {
    const found = ids && new Set(ids);
    for (const [id, element] of drawing.nodes) {
      element.classList.toggle('found', found?.has(id) ?? false);
      element.classList.toggle('current', id === current);
    }
    stage.classList.toggle('searching', found !== undefined);
    const at = shown?.scene.nodes.find(({ node }) => node.id === current);
    if (at) {
      setViewport(centred(viewport.scale < 0.5 ? { ...viewport, scale: 1 } : viewport, at, sizeOfStage()));
      selection.select(at.node.id, false);
    }
  }

  function drawOverlay(): void {
    if (!shown) return;
    const name = toolbar.overlay();
    const overlay = overlayOf(name, shown.scene, traffic);
    drawTags(drawing, shown.scene, overlay);
    const key = overlayLegend(OVERLAY_TITLES[name], overlay);
    trafficBar.first.hidden = !needsTraffic(name);
    overlayKey.hidden = key.length === 0;
    overlayKey.replaceChildren(...key);
  }

  function drawLegend({ diagram }: Shown['scene']): void {
    const { svg: markup, width, height } = legendOf(diagram, 420, pageTheme(themeKind()));
    const picture = svg('svg', { width: Math.ceil(width), height: Math.ceil(height), role: 'img', 'aria-label': 'What the signs mean', 'font-family': drawing.root.getAttribute('font-family') ?? undefined });
    if (markup !== '') picture.append(...drawn(markup));
    legend.replaceChildren(picture);
  }

  const showChoice = ({ choice, systems, focusable, scene: { nodes } }: Shown): void => {
    const groups: Groups = { closed: nodes.some(({ node }) => node.stands), open: choice.collapse === 'never' ? choice.view !== 'focus' : nodes.some(({ node }) => node.opened !== undefined) };
    toolbar.show(choice, systems, focusable, groups);
  };

  function redraw(): void {
    if (!shown) return;
    drawing.draw(shown.scene, pageTheme(themeKind()));
    minimap.draw(shown.scene);
    minimap.follow(viewport, sizeOfStage());
    drawLegend(shown.scene);
    selection.refresh();
    drawOverlay();
    search.refresh();
  }

  /** The picture, and the part of it that showed: at first what an earlier page showed, after a choice all of it, after an edit the same. */
  function show(next: Shown): void {
    const before = shown;
    shown = next;
    empty.hidden = true;
    showChoice(next);
    const { title, subtitle } = next.scene.diagram;
    stage.setAttribute('aria-label', `${title}. ${subtitle}`);
    heading.replaceChildren(html('strong', {}, title), html('span', { class: 'quiet' }, subtitle));
    // The heading takes room.
    measure();
    // What stays in place: the node that somebody looks at.
    const anchor = selection.selected();
    const placeOf = (of: Shown | undefined): PlacedNode | undefined => (of && anchor !== undefined ? placedAs(of.scene, anchor) : undefined);
    const [was, is] = [placeOf(before), placeOf(next)];
    const inFocus = anchor !== undefined && partAt(document.activeElement).node === anchor;
    if (!before) setViewport(revived?.viewport && revived.uri === next.uri && sameChoice(revived, next.choice) ? revived.viewport : fitted(next.scene, sizeOfStage()));
    else if (was && is && sameView(before.choice, next.choice)) setViewport(panned(viewport, (was.x - is.x) * viewport.scale, (was.y - is.y) * viewport.scale));
    else if (!sameChoice(before.choice, next.choice)) setViewport(fitted(next.scene, sizeOfStage()));
    revived = undefined;
    redraw();
    // What was opened or closed goes on as what it is now.
    if (is && is.node.id !== anchor) selection.select(is.node.id, inFocus);
    details.forget();
    keep();
  }

  function receivePicture(message: Extract<ToPage, { type: 'picture' }>): void {
    stage.removeAttribute('aria-busy');
    const next = shownAfter(shown, message);
    if (next === 'lost') return channel.send({ type: 'lost' });
    if ('because' in next) {
      // A picture that is there stays.
      empty.textContent = next.because;
      notice.fault(shown ? next.because : undefined);
      if (shown) showChoice(shown);
      return;
    }
    notice.fault(undefined);
    notice.stale(next.stale);
    notice.remark(next.notice);
    stage.classList.toggle('is-stale', next.stale !== undefined);
    const changed = next.id !== shown?.id || !sameChoice(next.choice, shown.choice);
    if (changed) show(next);
    else shown = next;
    // Figures go with the text.
    if (changed && (traffic || needsTraffic(toolbar.overlay()))) channel.send({ type: 'traffic', multiple: trafficBar.multiple() });
  }

  channel.listen((message) => {
    switch (message.type) {
      case 'picture':
        return receivePicture(message);
      case 'cursor': {
        const { id, systems } = message;
        // Another system of the file may have a component of the same name.
        const here = shown && (systems?.includes(shown.scene.diagram.system) ?? true) ? shown.scene : undefined;
        const at = here && id !== undefined ? placedAs(here, id) : undefined;
        selection.cursorIn(at?.node.id);
        // Somebody at work in the picture is not interrupted.
        if (at && !document.hasFocus()) setViewport(showing(viewport, at, sizeOfStage()));
        return;
      }
      case 'details':
        return details.answered(message.component, message.result);
      case 'traffic':
        traffic = message.result;
        trafficBar.answered(message.result);
        return drawOverlay();
      case 'paint':
        return void painted(message.svg).then((png) => channel.send({ type: 'painted', ...(png !== undefined && { png }) }));
      case 'failed':
        stage.removeAttribute('aria-busy');
        return notice.fault(message.message);
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    const { node } = partAt(document.activeElement);
    const inStage = event.target instanceof Node && stage.contains(event.target);
    if (event.key === '/') search.focus();
    else if (event.key === 'i' && node !== undefined) details.toggle(node);
    else if (event.key === 'f' && node !== undefined) choose({ view: 'focus', focus: firstOf(node) });
    else if (event.key === 'Escape') details.close();
    // Arrows move the picture, unless they are for a control.
    else if (!(inStage || !event.key.startsWith('Arrow')) || !zoomBy(event.key)) return;
    event.preventDefault();
  });
  new MutationObserver(() => {
    toolbar.exportTheme(exportThemeOf(themeKind()));
    redraw();
  }).observe(document.body, { attributes: true, attributeFilter: ['data-vscode-theme-kind'] });
  new ResizeObserver(() => {
    measure();
    minimap.follow(viewport, size);
  }).observe(stage);

  stage.append(minimap.element);
  setAttributes(document.body, { 'data-vscode-context': JSON.stringify({ preventDefaultContextMenuItems: true }) });
  document.body.append(toolbar.element, heading, notice.element, html('main', {}, stage, trafficBar.first, overlayKey, details.element));
  toolbar.exportTheme(exportThemeOf(themeKind()));
  channel.send({ type: 'ready' });
}

/** The component itself, or the first of those that are drawn as one. */
function firstOf(node: string | undefined): string | undefined {
  return node?.replace(/^collapsed:/, '');
}

start();
