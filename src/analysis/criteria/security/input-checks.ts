import type { Architecture, Component } from '../../../model/architecture.ts';
import { callsAsGraph } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { namesAlong, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { gatesOnBothSides } from '../../checks/ml07/path-rules.ts';
import { hopsOf } from '../../hops.ts';
import { gap, notApplicable, question, satisfied, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';

export const requestsChecked: Criterion = {
  id: 'SEC-05',
  slug: 'requests-are-checked',
  title: 'What comes from outside is checked before a model sees it',
  type: 'gap',
  severity: 'medium',
  sources: ['OWASP ML (2023) ML01', 'AWS ML Lens (2023) MLSEC-11', 'MITRE ATLAS AML.M0015'],
  why: 'A model answers anything of the right form: an age of 133, a file that was made to deceive it, a text as long as a book.',
  remediation: 'Check form, size and range of each request where it comes in, and refuse what no honest caller would send.',
  effort: 'S',
  falsePositives: 'The check may stand in the gateway or the application in front: declare `validates` there.',
  pack: 'security',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'consumer').length === 0 ? 'Nobody is declared to call from outside.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const graph = callsAsGraph(architecture);
    const callers = componentsOf(architecture, 'consumer').filter((consumer) => value(consumer, 'trusted') !== true).map(({ name }) => name);
    const all = reachTree(graph, callers);
    const bare = reachTree(graph, callers, { avoid: checkersOf(architecture) });
    const said = namedBy(context, gatesOnBothSides);
    const open: string[] = [];
    let judged = 0;
    for (const service of componentsOf(architecture, 'service')) {
      if (!all.has(service.name) || service.variant === 'llm_api' || !runsModel(architecture, service)) continue;
      judged += 1;
      const path = pathTo(bare, service.name);
      if (!path) yield satisfied(service, { because: `requests are checked on their way to ${service.name}` });
      else if (said.has(service.name)) yield notApplicable(`ML07.6 speaks of what ${service.name} checks.`, service);
      else if (namesAlong(path).every((name) => isBare(architecture, name))) {
        yield gap(service, {
          at: statementOf(service, 'validates') ? 'validates' : undefined,
          message: `${service.name} gives whatever ${path[0]?.from ?? 'a caller'} sends to its model, and nothing on the way checks it.`,
          path: hopsOf(path),
          changes: [{ op: 'set', subject: service.name, property: 'validates', value: ['schema', 'range', 'size'] }],
          impact: 'Made-up requests are refused',
        });
      } else open.push(service.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `What is checked of a request before ${listed(open)} ${open.length === 1 ? 'gives' : 'give'} it to a model? Declare \`validates\` there or of the gateway.`);
    else if (judged === 0) yield notApplicable('No service that runs a model is declared to be called from outside.');
  },
};

const runsModel = (architecture: Architecture, service: Component<'service'>): boolean => service.variant !== 'app' && (modelsOf(architecture, service).length > 0 || value(service, 'generates') === true || (value(service, 'serves') ?? []).length > 0);

/** Where requests are checked: by form, by a guardrail on what comes in, or by a gate before the service. */
function checkersOf(architecture: Architecture): Set<string> {
  const names = componentsOf(architecture, 'gateway', 'service').filter((component) => presenceOf(component, 'validates') === 'present').map(({ name }) => name);
  const guarding = componentsOf(architecture, 'guardrail').filter((guardrail) => guardrail.variant !== 'output');
  const guarded = [...guarding.flatMap((guardrail) => [guardrail.name, ...(value(guardrail, 'guards') ?? [])]), ...componentsOf(architecture, 'service').filter((service) => (value(service, 'guarded_by') ?? []).some((name) => guarding.some((guardrail) => guardrail.name === name))).map(({ name }) => name)];
  return new Set([...names, ...guarded, ...componentsOf(architecture, 'validation').map(({ name }) => name)]);
}

/** Nothing is checked there, by declaration or because it could not. */
function isBare(architecture: Architecture, name: string): boolean {
  const component = architecture.components.get(name);
  return component?.kind === 'gateway' || component?.kind === 'service' ? presenceOf(component, 'validates') === 'absent' : true;
}
