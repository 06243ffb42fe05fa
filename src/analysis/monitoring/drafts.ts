import type { Architecture, Change, ComponentDraft } from '../../model/architecture.ts';
import { monitorReaches, reaches, reachesAnything } from '../../model/graph/alerts.ts';
import { exactly, quantityOf } from '../../model/quantity.ts';
import { componentsOf, presenceOf } from '../../model/statements.ts';
import { seesBehaviour } from './signals.ts';
import type { Observed } from './observed.ts';

/**
 * Starting points for new monitors. A population stability index of 0.2 is the customary mark of a shift that
 * matters; a fall of 5 % below what the version in use scored is the customary trigger of a retraining.
 */
export const SHIFT_THRESHOLD = exactly(0.2, '1');
export const FALL_THRESHOLD = exactly(0.05, '1');
export const DAY = quantityOf(1, 'day', 'duration');

/** A name that no component has; the same wish gives the same name, so that remedies of one kind fall together. */
export function freeName(architecture: Architecture, wanted: string): string {
  let name = wanted;
  for (let count = 2; architecture.components.has(name); count += 1) name = `${wanted}${count}`;
  return name;
}

/** Adds a monitor, and takes back the statement that there is none. It speaks through an alert: one that exists, or a new one. */
export function addMonitor(architecture: Architecture, monitor: Omit<ComponentDraft, 'kind'>): Change[] {
  const alert = alertFor(architecture);
  const properties = { ...monitor.properties, alerts: [alert.name] };
  return distinct([...restateMonitoring(architecture), ...alert.changes, { op: 'add-component', component: { kind: 'monitor', ...monitor, properties } }]);
}

/** Drops what is said twice: two monitors of one remedy may both need the same alert. */
export function distinct(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

export function restateMonitoring({ system }: Architecture): Change[] {
  return presenceOf(system, 'monitoring') === 'absent' ? [{ op: 'set', subject: system.name, property: 'monitoring', value: true }] : [];
}

const alerts = new WeakMap<Architecture, { readonly name?: string }>();

/** An alert that reaches somebody or starts something: first one that a monitor of behaviour already uses. */
export function workingAlert(architecture: Architecture): string | undefined {
  let found = alerts.get(architecture);
  if (!found) {
    const used = componentsOf(architecture, 'monitor').filter(seesBehaviour).flatMap((monitor) => monitorReaches(architecture, monitor).alerts);
    const working = [...used, ...componentsOf(architecture, 'alert')].find((alert) => reachesAnything(reaches(architecture, alert)));
    alerts.set(architecture, (found = { name: working?.name }));
  }
  return found.name;
}

/** An alert that reaches somebody: one that exists, or a new one with the changes that add it. */
export function alertFor(architecture: Architecture): { readonly name: string; readonly changes: readonly Change[] } {
  const existing = workingAlert(architecture);
  if (existing !== undefined) return { name: existing, changes: [] };
  const name = freeName(architecture, 'ModelOnCall');
  const team = componentsOf(architecture, 'team')[0]?.name;
  const properties = { channel: 'on_call', ...(team === undefined ? {} : { reaches: [team] }) };
  return { name, changes: [...restateMonitoring(architecture), { op: 'add-component', component: { kind: 'alert', name, properties } }] };
}

/** Watches what the service answers: the distribution of predictions, or, for text, a sample that is judged. */
export function answersMonitor(architecture: Architecture, { service, generative }: Observed, window = DAY): Change[] {
  const name = freeName(architecture, `${service.name}Answers`);
  const watch = { watches: [service.name], threshold: SHIFT_THRESHOLD, window, baseline: 'production_version' };
  if (!generative) return addMonitor(architecture, { name, variant: 'prediction_drift', properties: { ...watch, test: 'psi' } });
  const judged = { ...watch, proxy: true, test: 'llm_judge', threshold: FALL_THRESHOLD };
  return addMonitor(architecture, { name, variant: 'model_quality', properties: judged });
}

/** Watches what the service is asked, against the data that the deployed version learned from. */
export function inputMonitor(architecture: Architecture, { service, models, generative }: Observed, unstructured: boolean): Change[] {
  const name = freeName(architecture, `${service.name}InputDrift`);
  const trained = models.some((model) => model.variant !== 'vendor' && model.variant !== 'open') && !generative;
  const watch = { watches: [service.name], threshold: SHIFT_THRESHOLD, window: DAY, baseline: trained ? 'training_data' : 'rolling' };
  const test = unstructured ? { test: 'mmd', signals: ['inputs', 'embeddings'] } : { test: 'psi', per_feature: true, covers: exactly(1, '1') };
  return addMonitor(architecture, { name, variant: 'data_drift', properties: { ...watch, ...test } });
}
