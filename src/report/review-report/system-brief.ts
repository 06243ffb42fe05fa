import { formatQuantity } from '../../analysis/format.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { componentsOf, statementOf, value } from '../../model/statements.ts';
import type { Component, Stated } from '../../model/architecture.ts';
import type { Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { code, paragraph, tableOr } from './words.ts';

/** What the system is for, who asks it, and which models it runs. */
export function systemBriefSection({ context, redact }: ReportSubject): Section {
  const { architecture } = context;
  const { system } = architecture;
  const words = (property: Parameters<typeof statementOf>[1]): string => statedText(statementOf(system, property));
  const consumers = componentsOf(architecture, 'consumer').map((consumer): Inline[][] => [[code(consumer.name)], [quantityText(value(consumer, 'peak'))], [quantityText(value(consumer, 'average') ?? value(consumer, 'volume'))], [quantityText(value(consumer, 'growth'))]]);
  const services = componentsOf(architecture, 'service');
  const models = componentsOf(architecture, 'model').map((model): Inline[][] => {
    const serving = services.filter((service) => modelsOf(architecture, service).includes(model));
    return [[code(model.name)], [statedText(statementOf(model, 'task'))], [statedText(statementOf(model, 'use_case'))], [model.variant ?? 'not declared'], [serving.map(({ name }) => name).join(', ') || 'no service'], [objectives(serving)], [redact ? 'left out' : statedText(statementOf(model, 'owner'))]];
  });
  return {
    id: 'system',
    title: 'The system in brief',
    blocks: [
      paragraph(system.doc ?? 'The file gives no description of the system.'),
      { kind: 'facts', facts: [{ term: 'Stage and criticality', definition: [`${words('stage')}, ${words('criticality')}`] }, { term: 'Decisions', definition: [words('decisions')] }, { term: 'Touches', definition: [words('affects')] }, { term: 'Rules to meet', definition: [words('compliance')] }, { term: 'AI Act class', definition: [words('risk_class')] }, { term: 'Region', definition: [words('region')] }] },
      tableOr([{ title: 'Who asks', width: 2 }, { title: 'Peak' }, { title: 'Mean' }, { title: 'Growth' }], consumers, 'Nobody who asks is declared.', { caption: 'Demand', namedRows: true }),
      tableOr([{ title: 'Model', width: 2 }, { title: 'Task' }, { title: 'Use case' }, { title: 'Kind' }, { title: 'Served by', width: 2 }, { title: 'Objective', width: 2 }, { title: 'Owner' }], models, 'No model is declared.', { caption: 'Models', namedRows: true }),
    ],
  };
}

function objectives(services: readonly Component<'service'>[]): string {
  const said = services.flatMap((service) => statedText(statementOf(service, 'slo'), '') || []);
  return said.join('; ') || 'not declared';
}

const quantityText = (quantity: Parameters<typeof formatQuantity>[0] | undefined): string => (quantity ? formatQuantity(quantity) : 'not declared');

/** What the author said, in words. */
export function statedText(stated: Stated | undefined, undeclared = 'not declared'): string {
  if (!stated) return undeclared;
  if (stated.state === 'present') return valueText(stated.value);
  return { none: 'none', unknown: 'not known', 'not-applicable': 'not applicable', planned: 'planned' }[stated.state];
}

function valueText(held: unknown): string {
  if (Array.isArray(held)) return held.map(valueText).join(', ');
  if (typeof held === 'boolean') return held ? 'yes' : 'no';
  if (typeof held === 'object' && held !== null) {
    if ('low' in held && 'high' in held && 'unit' in held) return formatQuantity(held as Parameters<typeof formatQuantity>[0]);
    return Object.entries(held).filter(([, part]) => part !== undefined).map(([key, part]) => `${key} ${valueText(part)}`).join(', ');
  }
  return String(held).replaceAll('_', ' ');
}
