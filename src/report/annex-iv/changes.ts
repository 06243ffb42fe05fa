import type { Architecture } from '../../model/architecture.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Block, Inline, ListItem } from '../document/block.ts';
import { saidText } from '../declared/said.ts';
import { code, paragraph, plural, strong } from '../review-report/words.ts';
import { placeOf } from './told.ts';

/** Decisions with their reasons, as the file records them. */
export function decisionBlocks({ system, decisions }: Architecture): Block[] {
  const elsewhere = saidText(system, 'decision_records');
  const items = decisions.map((decision): ListItem => {
    const held = <T>(name: keyof typeof decision.properties): T | undefined => {
      const stated = decision.properties[name];
      return stated?.state === 'present' ? (stated.value as T) : undefined;
    };
    const status = held<{ readonly state?: string; readonly on?: string }>('status');
    const facts: Inline[][] = [
      ...(status === undefined ? [] : [[`Status: ${[status.state, status.on].filter((part) => part !== undefined).join(', ')}`]]),
      [`Reason: ${held<string>('context') ?? decision.doc ?? ''}`],
      ...([['chosen', 'Chosen'], ['option', 'Chosen'], ['rejected', 'Not chosen'], ['consequences', 'What follows'], ['by', 'Decided by']] as const).flatMap(([name, term]) => {
        const said = held<string | readonly string[]>(name);
        return said === undefined ? [] : [[`${term}: ${typeof said === 'string' ? said : said.join(', ')}`]];
      }),
    ];
    const reasons = facts.map((text): ListItem => ({ text: String(text[0]) === 'Reason: ' ? [strong('Not declared'), ': the reason (', code('context'), ')'] : text }));
    return { text: [strong(decision.title), ' (', placeOf(decision.span), ')'], nested: { kind: 'list', items: reasons } };
  });
  return [
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : [paragraph(strong('Not declared'), '. Declare a ', code('decision'), ' with its ', code('context'), '.')]),
    ...(elsewhere === undefined ? [] : [paragraph('Written down elsewhere: ', elsewhere)]),
  ];
}

/** Target states that the file declares: changes that are settled beforehand. */
export function targetBlocks(architecture: Architecture): Block[] {
  const { targets } = architecture;
  const retiring = componentsOf(architecture, 'model').filter((model) => saidText(model, 'retires') !== undefined);
  if (targets.length + retiring.length === 0) return [paragraph(strong('Not declared'), '. Declare a ', code('target'), ' for each state that is settled beforehand.')];
  const items = targets.map(({ name, because, by, changes, span }): ListItem => ({ text: [strong(name), ' (', placeOf(span), `), ${plural(changes.length, 'change')}`, ...(by === undefined ? [] : [`, by ${by}`]), ...(because === undefined ? [] : [`. Because: ${because}`])] }));
  return [{ kind: 'list', items: [...items, ...retiring.map((model): ListItem => ({ text: [strong(model.name), ': taken out of service ', saidText(model, 'retires') ?? ''] }))] }];
}
