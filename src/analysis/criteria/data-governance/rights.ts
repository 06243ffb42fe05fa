import type { Architecture, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { among, PERSONAL } from '../../../model/graph/data-classes.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** Sources that belong to others by what they are. */
const FOREIGN: ReadonlySet<string> = new Set(['web', 'dataset', 'api']);

export const rightsKnown: Criterion = {
  id: 'DG-08',
  slug: 'rights-to-data-and-models',
  title: 'There is a right to use what is learned from, and the models that others made',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLSEC-01', 'EU AI Act Article 10(2)', 'NIST AI RMF GOVERN 6.1'],
  why: 'A model that learned from what it might not have used may have to be withdrawn with all that was built on it, and buyers ask about it first.',
  remediation: 'Record the licence or contract of each foreign source and model, and the consent or other ground for what is about people.',
  effort: 'M',
  falsePositives: 'The right may stand in a contract: name it as `licence`, or the ground as `basis` or `consent yes`.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'training', 'model', 'knowledge').length === 0 ? 'Nothing is learned, and no model is declared.' : true),
  *evaluate({ architecture }) {
    const open = new Set<string>();
    let subjects = 0;
    for (const item of subjectsOf(architecture)) {
      subjects += 1;
      const outcome = judge(item);
      if (outcome === 'open') open.add(item.component.name);
      else yield outcome;
    }
    if (open.size > 0) yield question(architecture.system, undefined, `By what right is ${listed([...open])} used? Declare \`licence\`, and for what is about people \`consent\` or \`basis\`.`);
    else if (subjects === 0) yield notApplicable('Nothing that belongs to others is learned from, and nothing about people.');
  },
};

interface Subject {
  readonly component: Component;
  /** Its licence is in question, as opposed to what people agreed to. */
  readonly foreign: boolean;
  readonly path: readonly Edge[];
}

function judge({ component, foreign, path }: Subject): Outcome | 'open' {
  const licence = presenceOf(component, 'licence');
  const consent = presenceOf(component, 'consent');
  const user = path.at(-1)?.to;
  const by = user === undefined ? '' : `, and ${user} learns from it`;
  if (foreign && licence === 'absent') {
    const model = component.kind === 'model';
    return gap(component, { about: 'licence', at: statementOf(component, 'licence') ? 'licence' : undefined, severity: model || user !== undefined ? 'high' : undefined, message: `There is no licence for ${component.name}${by}.`, path: hopsOf(path), impact: 'What is built on it may stay in use' });
  }
  const basis = presenceOf(component, 'basis');
  if (!foreign && basis !== 'present' && consent === 'absent') {
    return gap(component, { about: 'consent', at: statementOf(component, 'consent') ? 'consent' : undefined, severity: 'high', message: `The people in ${component.name} have not agreed${by}, and no other ground is declared.`, path: hopsOf(path), impact: 'What is built on it may stay in use' });
  }
  const right = foreign ? licence : basis === 'present' ? basis : consent;
  if (right === 'present' || right === 'not-applicable') return satisfied(component, { because: `the right to use ${component.name} is recorded`, evidence: evidenceOf(statementOf(component, foreign ? 'licence' : basis === 'present' ? 'basis' : 'consent')) });
  return 'open';
}

/** Foreign sources and data sets that are learned from or searched, published models, and sources about people that are learned from. */
function subjectsOf(architecture: Architecture): Subject[] {
  const ends = componentsOf(architecture, 'training', 'knowledge').map(({ name }) => name);
  const tree = reachTree(edgesOf(architecture), ends, { direction: 'upstream', follow: feedsTraining });
  const data = componentsOf(architecture, 'source', 'dataset').filter(({ name }) => tree.has(name));
  const withPath = (component: Component, foreign: boolean): Subject => ({ component, foreign, path: pathTo(tree, component.name, 'upstream') ?? [] });
  const foreign = data.filter((component) => isForeign(component)).map((component) => withPath(component, true));
  const personal = data.filter((component) => component.kind === 'source' && among(value(component, 'contains') ?? [], PERSONAL).length > 0).map((component) => withPath(component, false));
  const models = componentsOf(architecture, 'model').filter((model) => model.variant === 'open').map((component): Subject => ({ component, foreign: true, path: [] }));
  return [...foreign, ...personal, ...models];
}

function isForeign(component: Component): boolean {
  if (statementOf(component, 'licence')) return true;
  if (component.kind !== 'source') return false;
  const external = value(component as Component<'source'>, 'external');
  // What another team of the company owns is external too, but no right is needed for it.
  return external !== false && (FOREIGN.has(component.variant ?? '') || (external === true && value(component, 'owner') === undefined));
}
