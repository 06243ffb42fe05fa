import type { AnnexPoint, AnnexSection, Shown } from '../../analysis/compliance/annex-iv.ts';
import type { Block, Inline } from '../document/block.ts';
import { isHolder, saidText } from '../declared/said.ts';
import { coded } from '../review-report/design/declared.ts';
import { capital, code, strong } from '../review-report/words.ts';
import { placeOf } from './told.ts';

const STATES: Readonly<Record<AnnexPoint['state'], string>> = { declared: 'declared', absent: 'declared as absent', planned: 'planned', open: 'not declared' };

/** More names would hide the rest of the table; the parts below list all. */
const MOST = 4;

/** What a section asks for, whether the file answers it, and where; what to declare where it does not. */
export function pointsTable({ points }: AnnexSection): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Asked for', width: 3 }, { title: 'In the file', width: 2 }, { title: 'Answered by, or to be declared', width: 5 }],
    rows: points.map((point): Inline[][] => [[capital(point.what)], [point.state === 'declared' ? STATES.declared : strong(STATES[point.state])], answer(point)]),
  };
}

function answer({ state, shownBy, declare }: AnnexPoint): Inline[] {
  if (state === 'open') return ['Declare ', ...coded(declare), '.'];
  const shown = shownBy.slice(0, MOST).flatMap((item, index): Inline[] => [index === 0 ? '' : '; ', ...shownText(item)]);
  return [...shown, ...(shownBy.length > MOST ? [` and ${shownBy.length - MOST} more`] : []), ...(state === 'declared' ? [] : ['. To answer it, declare ', ...coded(declare)])];
}

function shownText({ element, property }: Shown): Inline[] {
  const stated = property === undefined ? undefined : (element.properties as Readonly<Record<string, { readonly span: typeof element.span } | undefined>>)[property];
  const text = property === undefined || !isHolder(element) ? undefined : saidText(element, property);
  return [code(element.name), ...(property === undefined ? [] : [' ', code(property)]), ...(text === undefined ? [] : [`: ${text}`]), ' (', placeOf(stated?.span ?? element.nameSpan), ')'];
}
