import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { among, PERSONAL, type DataClass } from '../../../model/graph/data-classes.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** Words in the name of an entity or key that mean a person. */
const PERSON = /(^|_)(user|customer|member|patient|person|people|employee|applicant|driver|rider|account|card|holder|student|citizen|tenant|subscriber|borrower|passenger|player|ssn|dob|email|phone)(s|_|$)/;

export const classesDeclared: Criterion = {
  id: 'DG-03',
  slug: 'data-classes-are-declared',
  title: 'What is about people, or secret, is declared as such where it comes in',
  type: 'weak',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLSEC-05', 'ISO/IEC 42001 A.7.2', 'NIST AI RMF MEASURE 2.10'],
  why: 'Only of data whose class is known can it be said where it may go, who may read it and when it must be gone.',
  remediation: 'Classify each source and each group of features, and let the class travel with the data.',
  effort: 'S',
  falsePositives: 'Aggregates may hold nothing about single people any more: say where the class is taken away, with `masks` of the flow or the ingestion.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'source', 'features', 'store', 'consumer').length === 0 ? 'No data is declared.' : true),
  *evaluate({ architecture }) {
    const open: string[] = [];
    let known = 0;
    for (const component of componentsOf(architecture, 'source', 'store', 'dataset', 'features', 'labels')) {
      const denied = denies(component);
      const arriving = denied && arrivals(architecture, component);
      if (arriving) yield contradicted(component, arriving);
      else if (isUnclassed(architecture, component)) {
        if (presenceOf(component, 'contains') === 'absent' && !denied && isPersonal(architecture, component)) yield unclassed(component);
        else if (isAsked(architecture, component)) open.push(component.name);
      } else if (component.kind === 'source') known += 1;
    }
    for (const consumer of componentsOf(architecture, 'consumer')) if (isSilentUser(architecture, consumer)) open.push(consumer.name);
    if (open.length > 0) yield question(architecture.system, undefined, `Is there anything about people, or secret, in what comes from ${listed(open)}? Declare \`contains\`, with \`[none]\` where there is nothing.`);
    else if (known > 0) yield satisfied(architecture.system, { because: 'every source says which classes of data it holds' });
    else yield notApplicable('No source is declared, and nobody asks who is a person.');
  },
};

/** The file says that nothing in it needs protection. */
function denies(component: Component): boolean {
  if (statementOf(component, 'contains')?.state === 'none') return true;
  const declared = value(component, 'contains');
  return declared !== undefined && declared.every((name) => name === 'none' || name === 'public');
}

/** Personal data that comes in all the same. */
function arrivals(architecture: Architecture, component: Component): { readonly classes: readonly DataClass[]; readonly path: readonly Edge[] } | undefined {
  const classes = taintOf(architecture, component.name);
  const [first, ...others] = among(classes.keys(), PERSONAL);
  return first && { classes: [first, ...others], path: classes.get(first) ?? [] };
}

function contradicted(component: Component, { classes, path }: { readonly classes: readonly DataClass[]; readonly path: readonly Edge[] }): Outcome {
  const last = path.at(-1);
  const changes: Change[] = last?.flow
    ? [{ op: 'set-flow', from: last.flow.from, to: last.flow.to, property: 'masks', value: classes }]
    : [{ op: 'set', subject: component.name, property: 'contains', value: classes }];
  return weak(component, {
    at: 'contains',
    message: `${component.name} is declared to hold nothing to protect, but ${listed(classes)} of ${path[0]?.from ?? component.name} ${classes.length === 1 ? 'gets' : 'get'} there and nothing on the way removes it.`,
    path: hopsOf(path),
    changes,
    remedy: last?.flow ? 'Remove what is about people on the way and say so with `masks`, or declare its class where it arrives.' : undefined,
    impact: 'It is known where personal data is',
  });
}

function unclassed(component: Component): Outcome {
  return gap(component, {
    message: `${component.name} is about people, and no class of data is declared of it.`,
    changes: [{ op: 'set', subject: component.name, property: 'contains', value: ['pii'] }],
    impact: 'It is known where personal data is',
  });
}

const isUnclassed = (architecture: Architecture, component: Component): boolean => value(component, 'contains') === undefined && statementOf(component, 'contains')?.state !== 'not-applicable' && taintOf(architecture, component.name).size === 0;

/** Features and stores are asked about only if they look personal and nothing upstream of them is asked about. */
function isAsked(architecture: Architecture, component: Component): boolean {
  if (denies(component)) return false;
  if (component.kind === 'source') return !(edgesOf(architecture).out.get(component.name) ?? []).some((edge) => edge.flow && value(edge.flow, 'contains'));
  return (component.kind === 'features' || component.kind === 'store') && isPersonal(architecture, component) && !(edgesOf(architecture).in.get(component.name) ?? []).some((edge) => edge.payload === 'data' || edge.payload === 'features');
}

/** It is keyed by people, or comes from what they say and do. */
function isPersonal(architecture: Architecture, component: Component): boolean {
  if (component.kind === 'source' && component.variant === 'feedback') return true;
  const keys = component.kind === 'features' ? (value(component as Component<'features'>, 'entity') ?? []) : component.kind === 'store' ? [value(component as Component<'store'>, 'key') ?? ''] : [];
  if (keys.some((key) => PERSON.test(key.toLowerCase()))) return true;
  return (edgesOf(architecture).in.get(component.name) ?? []).some(({ from }) => {
    const origin = architecture.components.get(from);
    return origin?.kind === 'consumer' && origin.variant === 'user';
  });
}

/** A person who asks, of whose requests nobody says what is in them. */
function isSilentUser(architecture: Architecture, consumer: Component<'consumer'>): boolean {
  if (consumer.variant !== 'user' || statementOf(consumer, 'contains')) return false;
  const out = edgesOf(architecture).out.get(consumer.name) ?? [];
  return out.length > 0 && !out.some((edge) => edge.flow && (value(edge.flow, 'contains') ?? value(edge.flow, 'masks')));
}
