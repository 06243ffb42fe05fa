import type { Architecture, Change } from '../../../model/architecture.ts';
import { hasNoSignals, isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, DAY, FALL_THRESHOLD, freeName } from '../../monitoring/drafts.ts';
import type { Context } from '../../rule.ts';

/** A lesser answer, and a count of how often it is given where nothing is watched yet: otherwise it would stand in unseen. */
export function spareAnswer(context: Context, service: string, fallback: 'default' | 'degraded'): Change[] {
  const { architecture } = context;
  const stated: Change = { op: 'set', subject: service, property: 'fallback', value: fallback };
  return isMonitoringClosed(context) && !hasNoSignals(context) ? [stated, ...counted(architecture, service)] : [stated];
}

const counted = (architecture: Architecture, service: string): Change[] =>
  addMonitor(architecture, { name: freeName(architecture, `${service}Fallbacks`), variant: 'fallback', properties: { watches: [service], metric: 'share of fallback and default answers', threshold: FALL_THRESHOLD, window: DAY, baseline: 'previous_period' } });
