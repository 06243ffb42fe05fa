import type { Component, Span } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import { evidenceOf } from '../../analysis/presence.ts';
import type { Block, Inline } from '../document/block.ts';
import { factsOf, factsUnder, type Wanted } from '../declared/gathered.ts';
import { kindText, type Holder } from '../declared/said.ts';
import { coded } from '../review-report/design/declared.ts';
import { code, paragraph, strong } from '../review-report/words.ts';

/** `main.mlarch:12` */
export const placeOf = ({ file, range }: Span): Inline => code(`${file}:${range.start.line + 1}`);

/** A component or the system with what it says, each with the line that says it, and what it does not say. */
export function toldOf(holder: Holder, wanted: readonly Wanted[], ifSaid: readonly Wanted[] = []): Block[] {
  const asked = factsOf(holder, wanted, (property) => whereSaid(holder, property));
  const more = factsOf(holder, ifSaid, (property) => whereSaid(holder, property));
  const title: Inline[] = [strong(holder.name), ` (${holder.kind === 'system' ? 'the system' : kindText(holder as Component)}, `, placeOf(holder.nameSpan), ')', ...(holder.doc === undefined || (holder.kind === 'system' && !wanted.some(([, property]) => property === 'purpose')) ? [] : [`: ${holder.doc}`])];
  const open = asked.undeclared.map(({ declare }) => declare);
  return [
    ...factsUnder(title, { told: [...asked.told, ...more.told], undeclared: [] }),
    ...(open.length > 0 ? [paragraph(strong('Not declared'), ' here: ', ...coded(open.join(', ')), '.')] : []),
  ];
}

function whereSaid(holder: Holder, property: string): Inline[] {
  const stated = statementOf(holder, property);
  if (!stated) return [];
  const shown = (evidenceOf(stated) ?? []).flatMap(({ target, status }): Inline[] => ['; evidence ', code(target), ...(status === 'missing' ? [' (not found)'] : [])]);
  return [' (', placeOf(stated.span), ...shown, ')'];
}
