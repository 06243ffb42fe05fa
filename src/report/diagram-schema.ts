import { z } from 'zod';
import { SEVERITIES } from '../analysis/finding.ts';
import { STATES, VIEWS } from '../diagram/diagram.ts';
import { LAYERS } from '../model/vocabulary/kind.ts';
import { forms, kinds } from '../model/vocabulary/vocabulary.ts';

/** Zod schema of `diagram --format json`. */

const pixels = z.number().meta({ description: 'Pixels, to a tenth.' });
const point = { x: pixels, y: pixels };
const box = z.object({ ...point, width: z.number().min(0), height: z.number().min(0) }).meta({ id: 'box', description: 'A place in pixels, to a tenth, from the upper left corner of the picture; left out where nothing was laid out.' });
const layer = z.enum(LAYERS);
const title = z.string();
const mark = z.enum(['added', 'changed', 'removed']).optional().meta({ description: 'What the target state does to it; where the state is a difference.' });

const node = z.object({
  id: z.string().meta({ description: 'Name of the component, or collapsed: and what it stands for.' }),
  name: z.string(),
  kind: z.enum(Object.keys(kinds) as [string]),
  layer,
  detail: z.string().meta({ description: 'Kind, variant and technology, as they are shown under the name.' }),
  figures: z.array(z.string()).meta({ description: 'Key figures, one line each.' }),
  findings: z.array(z.object({ severity: z.enum(SEVERITIES), count: z.int().min(1) })).meta({ description: 'Numbers of findings.' }),
  group: z.string().optional().meta({ description: 'Id of the innermost box around it.' }),
  mark,
  changes: z.array(z.string()).optional().meta({ description: 'What changes, one line each.' }),
  external: z.boolean().optional().meta({ description: 'Run by another company.' }),
  stands: z.array(z.string()).optional().meta({ description: 'Components that it stands for, where a group is collapsed.' }),
  opened: z.string().optional().meta({ description: 'The first of the components that it would be drawn as one with, where their group was opened.' }),
  owner: z.string().optional(),
  dataClasses: z.array(z.string()).optional().meta({ description: 'Classes of data that it holds.' }),
  box: box.optional(),
});

const edge = z.object({
  id: z.string().meta({ description: 'It stays the same while others come and go.' }),
  from: z.string().meta({ description: 'Id of a node.' }),
  to: z.string().meta({ description: 'Id of a node.' }),
  payload: forms.flow.payload,
  mode: forms.flow.mode,
  label: z.string().meta({ description: 'Figures of the flow; empty where there are none.' }),
  mark,
  fallback: z.boolean().optional().meta({ description: 'Used only when another way fails.' }),
  shadow: z.boolean().optional(),
  points: z.array(z.object(point)).optional().meta({ description: 'From the border of the one node to the border of the other.' }),
  labelBox: z.object({ text: z.string(), ...point, width: z.number().min(0), height: z.number().min(0) }).optional().meta({ description: 'Where the label stands, cut to its room; left out where another edge from the same place has the same.' }),
});

export const diagramSchema = z
  .object({
    schemaVersion: z.literal(1),
    system: z.string(),
    version: z.string().optional().meta({ description: 'Version of the system, where it is declared.' }),
    view: z.enum(VIEWS),
    state: z.enum(STATES),
    title,
    subtitle: z.string(),
    size: z.object({ width: z.number().min(0), height: z.number().min(0) }).optional().meta({ description: 'Of the picture, in pixels; left out, as all places are, where nothing was laid out.' }),
    lanes: z.array(z.object({ layer, title, box: box.optional() })).meta({ description: 'Layers, from top to bottom; empty where the view has none.' }),
    groups: z.array(z.object({ id: z.string(), title, sort: z.enum(['vendor', 'region', 'environment', 'exposure', 'lane']), parent: z.string().optional().meta({ description: 'Id of the box around it.' }), box: box.optional() })).meta({ description: 'Boxes around nodes, parents before children.' }),
    nodes: z.array(node),
    edges: z.array(edge),
  })
  .meta({ title: 'mlarch diagram', description: 'A picture of a system: what it shows, and where.' });
