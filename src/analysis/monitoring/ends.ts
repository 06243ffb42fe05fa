import type { Architecture, Component } from '../../model/architecture.ts';
import { monitorReaches, signalReaches, type Reach } from '../../model/graph/alerts.ts';
import { trainingsOf } from '../../model/graph/cones.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { observedServices } from './observed.ts';
import { sees, seesAnswers, seesBehaviour } from './signals.ts';

const ML_CLASSES: ReadonlySet<string> = new Set(['data_quality', 'feature_freshness', 'skew', 'drift', 'model_degradation', 'safety']);

/** The training that the signal of a monitor starts without an edge that says so: by `trigger drift` or `trigger performance`. */
export function retrainingBehind(architecture: Architecture, monitor: Component<'monitor'>): Component<'training'> | undefined {
  const words = [...(sees(monitor, 'inputs') || sees(monitor, 'answers') || sees(monitor, 'skew') ? ['drift'] : []), ...(seesAnswers(monitor) ? ['performance'] : [])];
  if (words.length === 0) return undefined;
  return trainingsBehind(architecture, monitor).find((training) => value(training, 'trigger')?.some((word) => words.includes(word)));
}

function trainingsBehind(architecture: Architecture, monitor: Component<'monitor'>): Component<'training'>[] {
  return servicesBehind(architecture, monitor).flatMap((models) => models.flatMap((model) => trainingsOf(architecture, model)));
}

const behind = new WeakMap<Architecture, ReadonlyMap<string, (readonly Component<'model'>[])[]>>();

/** The models of each service that a monitor watches. */
function servicesBehind(architecture: Architecture, monitor: Component<'monitor'>): readonly (readonly Component<'model'>[])[] {
  let index = behind.get(architecture);
  if (!index) {
    const made = new Map<string, (readonly Component<'model'>[])[]>();
    for (const { monitors, models } of observedServices(architecture)) {
      for (const { name } of monitors) made.set(name, [...(made.get(name) ?? []), models]);
    }
    behind.set(architecture, (index = made));
  }
  return index.get(monitor.name) ?? [];
}

/** A monitor of data or model behaviour, and where its signal ends. */
interface Route {
  readonly monitor: Component<'monitor'>;
  readonly reach: Reach;
}

const routes = new WeakMap<Architecture, readonly Route[]>();

/** Monitors of data and model behaviour, each with where its signal ends. */
export function behaviourMonitors(architecture: Architecture): readonly Route[] {
  let found = routes.get(architecture);
  if (!found) {
    found = componentsOf(architecture, 'monitor').filter(seesBehaviour).map((monitor) => ({ monitor, reach: monitorReaches(architecture, monitor) }));
    routes.set(architecture, found);
  }
  return found;
}

/** Alerts that speak of data or model behaviour: by the monitors and validations behind them, or by what they cover. */
export function behaviourAlerts(architecture: Architecture): Component<'alert'>[] {
  const alerts = new Map<string, Component<'alert'>>();
  for (const { reach } of behaviourMonitors(architecture)) for (const alert of reach.alerts) alerts.set(alert.name, alert);
  for (const gate of componentsOf(architecture, 'validation')) for (const alert of signalReaches(architecture, gate.name).alerts) alerts.set(alert.name, alert);
  for (const alert of componentsOf(architecture, 'alert')) if (value(alert, 'covers')?.some((name) => ML_CLASSES.has(name))) alerts.set(alert.name, alert);
  return [...alerts.values()];
}
