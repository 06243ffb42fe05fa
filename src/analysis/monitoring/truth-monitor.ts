import type { Change } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { earliestOf, toleranceOf } from './detection.ts';
import { addMonitor, answersMonitor, DAY, distinct, FALL_THRESHOLD, freeName } from './drafts.ts';
import type { Observed } from './observed.ts';

/** A monitor that compares answers with truth, and one that speaks earlier where truth comes too late to be the only one. */
export function truthMonitor(context: Context, observed: Observed, labels: string): Change[] {
  const { architecture } = context;
  const { service } = observed;
  const name = freeName(architecture, `${service.name}Quality`);
  const properties = { watches: [service.name], labels: [labels], threshold: FALL_THRESHOLD, window: DAY, baseline: 'production_version' };
  const delay = observed.labels.flatMap((truth) => (truth.name === labels ? (value(truth, 'delay')?.high ?? 0) : 0))[0] ?? 0;
  const late = delay + DAY.high > toleranceOf(context).low;
  const early = late && earliestOf(observed) === undefined ? answersMonitor(architecture, observed) : [];
  return distinct([...addMonitor(architecture, { name, variant: 'model_quality', properties }), ...early]);
}
