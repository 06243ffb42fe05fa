import { mermaidOf } from '../../../src/diagram/mermaid.ts';
import { pictureOf } from '../../../src/diagram/picture.ts';
import { svgOf } from '../../../src/diagram/svg/svg.ts';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Block, Document, Inline, Picture, Section } from '../../../src/report/document/block.ts';
import { sceneOf, TODAY } from '../../diagram/support.ts';
import { loadExample } from '../../support/examples.ts';

const drawn = new Map<string, Promise<Picture>>();

/** A picture of the card-fraud example, as the writer of SVG makes it. */
export function examplePicture(view: 'system' | 'serving', id: string, wide = false): Promise<Picture> {
  const key = `${view} ${id} ${wide}`;
  const picture = drawn.get(key) ?? draw(view, id, wide);
  drawn.set(key, picture);
  return picture;
}

async function draw(view: 'system' | 'serving', id: string, wide: boolean): Promise<Picture> {
  const [architecture] = loadExample('examples/card-fraud/main.mlarch').architectures;
  if (!architecture) throw new Error('examples/card-fraud/main.mlarch has no system.');
  const diagram = pictureOf({ architecture, settings: DEFAULT_SETTINGS, today: TODAY }, review(architecture, { today: TODAY }), { view, state: 'current', date: TODAY });
  if ('because' in diagram) throw new Error(diagram.because);
  return { id, title: diagram.title, description: diagram.subtitle, svg: svgOf(await sceneOf(diagram), { theme: 'light' }), mermaid: mermaidOf(diagram), wide };
}

const paragraph = (...text: Inline[]): Block => ({ kind: 'paragraph', text });

/** Every kind of block, in sections two deep, with a table of more than a page and pictures upright and on the side. */
export async function sample(): Promise<Document> {
  const findings = Array.from({ length: 60 }, (_, index): Inline[][] => [
    [{ text: `ML${String((index % 20) + 1).padStart(2, '0')}.${(index % 3) + 1}`, href: `https://example.com/docs/ml${index}` }],
    [{ text: (['critical', 'high', 'medium', 'low'] as const)[index % 4] ?? 'low', severity: (['critical', 'high', 'medium', 'low'] as const)[index % 4] ?? 'low' }],
    [{ text: 'candidate_retrieval_service', code: true }],
    [`Finding ${index + 1}: nothing compares what the model is served with what it was trained on, so a difference between them shows only as lost quality, weeks later.`],
    [String(index * 3)],
  ]);
  return {
    title: 'Architecture review of card fraud',
    subtitle: 'What holds, what does not, and what to do first',
    date: '2026-11-21',
    language: 'en',
    author: 'Risk engineering',
    subject: 'Review of an architecture of machine learning',
    footer: 'Made from examples/card-fraud',
    sections: [
      {
        id: 'summary',
        title: 'Summary',
        blocks: [
          paragraph('The system is ', { text: 'ready', strong: true }, ' with ', { text: 'known gaps', emphasis: true }, '. See ', { text: 'the findings', href: '#findings' }, ' and ', { text: 'the documentation', href: 'https://example.com/docs' }, '.'),
          { kind: 'facts', facts: [{ term: 'System', definition: [{ text: 'card_fraud', code: true }] }, { term: 'Criticality', definition: ['high: decisions on people'] }] },
          { kind: 'bars', caption: 'Scorecard', bars: [{ label: 'Data pipeline', low: 1.8, high: 3.1, of: 4 }, { label: 'Model serving', low: 2.5, high: 2.5, of: 4 }, { label: 'Monitoring', low: 0, high: 4, of: 4 }] },
          { kind: 'note', tone: 'warning', text: ['Nothing here was ', { text: 'measured', strong: true }, ' by the tool.'] },
          { kind: 'note', tone: 'info', text: ['Figures are estimates.'] },
        ],
      },
      {
        id: 'architecture',
        title: 'Architecture',
        blocks: [paragraph('What the file declares.')],
        sections: [
          { id: 'system-view', title: 'The whole system', blocks: [{ kind: 'figure', picture: await examplePicture('system', 'picture-system', true) }, paragraph('After the picture the page is upright again.')] },
          { id: 'serving-view', title: 'Serving', blocks: [{ kind: 'figure', picture: await examplePicture('serving', 'picture-serving') }] },
        ],
      },
      findingsSection(findings),
      {
        id: 'steps',
        title: 'Next steps',
        startsPage: true,
        blocks: [
          { kind: 'list', ordered: true, items: [{ text: ['Log predictions'], nested: { kind: 'list', items: [{ text: ['with ', { text: 'model_version', code: true }] }, { text: ['and with the features'] }] } }, { text: ['Compare them with the truth'] }] },
          { kind: 'code', language: 'mlarch', text: 'monitor drift {\n  watches: fraud_model\n  every: 1 h // hourly\n}\n' },
        ],
      },
    ],
  };
}

function findingsSection(rows: readonly (readonly (readonly Inline[])[])[]): Section {
  return {
    id: 'findings',
    title: 'Findings',
    blocks: [
      paragraph('All of them, most severe first.'),
      { kind: 'table', caption: 'Findings by severity', namedRows: true, columns: [{ title: 'Rule' }, { title: 'Severity' }, { title: 'Element' }, { title: 'Finding', width: 1 }, { title: 'Days', align: 'right' }], rows },
    ],
  };
}
