import type { Architecture, Component } from '../../../model/architecture.ts';
import { monitorReaches } from '../../../model/graph/alerts.ts';
import { componentsOf, value } from '../../../model/statements.ts';

type Training = Component<'training'>;

const CLOCK: ReadonlySet<string> = new Set(['schedule', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly']);
const SIGNALS: ReadonlySet<string> = new Set(['drift', 'performance', 'new_data', 'upstream']);
const BY_HAND: ReadonlySet<string> = new Set(['manual', 'on_demand', 'code_change']);

/** What starts a training without a person, in words for a sentence; undefined where nothing is declared that does. */
export function startsByItself(architecture: Architecture, training: Training): string | undefined {
  if (training.variant === 'online') return 'it learns all the time';
  const triggers = value(training, 'trigger') ?? [];
  if (triggers.some((word) => CLOCK.has(word)) || training.variant === 'scheduled' || (value(training, 'every') !== undefined && !triggers.some((word) => BY_HAND.has(word)))) return 'the clock';
  const signal = signalOf(architecture, training);
  return signal && (signal.monitor ?? signal.word.replace('_', ' '));
}

/** A signal that starts a training: a word of its triggers, or a monitor that leads to it. */
export function signalOf(architecture: Architecture, training: Training): { readonly word: string; readonly monitor?: string } | undefined {
  const starter = startersOf(architecture).get(training.name);
  if (starter !== undefined) return { word: 'drift', monitor: starter };
  const word = value(training, 'trigger')?.find((item) => SIGNALS.has(item));
  return word === undefined ? undefined : { word };
}

const cache = new WeakMap<Architecture, ReadonlyMap<string, string>>();

/** The first monitor whose signal reaches each training. */
function startersOf(architecture: Architecture): ReadonlyMap<string, string> {
  let starters = cache.get(architecture);
  if (!starters) {
    const found = new Map<string, string>();
    for (const monitor of componentsOf(architecture, 'monitor')) {
      for (const { kind, name } of monitorReaches(architecture, monitor).automations) if (kind === 'training' && !found.has(name)) found.set(name, monitor.name);
    }
    cache.set(architecture, (starters = found));
  }
  return starters;
}

/** The file says that only people start it, or that nothing does. */
export function startsByHand(architecture: Architecture, training: Training): boolean {
  if (startsByItself(architecture, training) !== undefined) return false;
  const triggers = value(training, 'trigger');
  return training.variant === 'manual' || (triggers !== undefined && triggers.length > 0 && triggers.every((word) => BY_HAND.has(word)));
}
