import { technologyTitle } from '../../analysis/technology.ts';
import { layerOf, statementOf, value } from '../../model/statements.ts';
import type { Component } from '../../model/architecture.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { statedText } from './system-brief.ts';
import { code, plural, tableOr } from './words.ts';

const SHOWN = ['system-current', 'training-current', 'serving-current', 'feedback-current', 'deployment-current'] as const;

/** The architecture as it is declared: every component and flow, the three paths, where it runs, and the inventory. */
export function currentStateSection({ context, pictures, redact }: ReportSubject): Section {
  const { architecture } = context;
  const figures = SHOWN.flatMap((name): Block[] => {
    const picture = pictures.get(name);
    return picture ? [{ kind: 'figure', picture }] : [];
  });
  const rows = [...architecture.components.values()].map((component): Inline[][] => [[code(component.name)], [kindText(component)], [layerOf(component.kind)], [technologyText(architecture, component)], [redundancy(component)], [redact ? 'left out' : statedText(statementOf(component, 'owner'))]]);
  return {
    id: 'current-state',
    title: 'Current-state architecture',
    startsPage: true,
    blocks: figures,
    sections: [
      {
        id: 'inventory',
        title: 'Components',
        blocks: [tableOr([{ title: 'Component', width: 2 }, { title: 'Kind', width: 2 }, { title: 'Layer' }, { title: 'Built with', width: 2 }, { title: 'Redundancy', width: 2 }, { title: 'Owner' }], rows, 'No component is declared.', { caption: plural(rows.length, 'component'), namedRows: true })],
      },
    ],
  };
}

const kindText = ({ kind, variant }: Component): string => (variant === undefined ? kind : `${kind}, ${variant.replaceAll('_', ' ')}`);

function technologyText(architecture: Parameters<typeof technologyTitle>[0], component: Component): string {
  const named = statementOf(component, 'technology') ?? statementOf(component, 'platform');
  if (!named) return 'not declared';
  return statementOf(component, 'technology') ? technologyTitle(architecture, component) : statedText(named);
}

/** How many there are of it, as far as the file says. */
function redundancy(component: Component): string {
  if (component.kind !== 'service') return '';
  const service = component as Component<'service'>;
  const [replicas, zones] = [statementOf(service, 'replicas'), statementOf(service, 'zones')];
  if (!replicas && !zones && !value(service, 'autoscale')) return 'not declared';
  return [replicas && `${statedText(replicas)} replicas`, zones && `${statedText(zones)} zones`, value(service, 'autoscale') && 'scales by itself'].filter(Boolean).join(', ');
}
