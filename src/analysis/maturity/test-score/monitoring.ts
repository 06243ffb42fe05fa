import type { Component } from '../../../model/architecture.ts';
import { reachesAnything, signalReaches } from '../../../model/graph/alerts.ts';
import { componentsOf, presenceOf } from '../../../model/statements.ts';
import { checksOf } from '../../data/gates.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { sees, seesAnswers, type Signal } from '../../monitoring/signals.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { every, met, missing, open, some, stated, type Judgement } from '../judgement.ts';
import { eachTraining, triggered } from '../training.ts';
import { graded, undecidable, type Test } from './test.ts';

type Monitor = Component<'monitor'>;

const NO_SERVICE = open('no service in production that answers with a model is declared');

/** Tests of what is watched in production. By hand: something sees it. By a system: what sees it tells somebody or starts something. */
export function monitoringTests(facts: Facts): Test[] {
  const watched = (sought: (monitor: Monitor) => boolean, words: string): [Judgement, Judgement] => [watching(facts, sought, words, false), watching(facts, sought, words, true)];
  const signal = (...signals: readonly Signal[]) => (monitor: Monitor): boolean => signals.some((name) => sees(monitor, name));
  const [skewSeen, skewTold] = watched(signal('skew'), 'the difference between training and serving');
  return [
    graded({ id: 'Monitor 1', title: 'Changes of what the system depends on are announced' }, announced(facts), formWatched(facts), '`change_notice`', '`schema contract`', '`validation … alerts`'),
    graded({ id: 'Monitor 2', title: 'Inputs in production keep to what is expected of data' }, ...watched(signal('inputs', 'data_quality'), 'inputs'), '`monitor : data_drift`', '`monitor : data_quality`'),
    graded({ id: 'Monitor 3', title: 'Training and serving see the same values' }, some([skewSeen, parity(facts)], skewSeen), skewTold, 'ML05.5', '`monitor : skew`'),
    graded({ id: 'Monitor 4', title: 'Models do not get too old' }, judgedBy(facts, 'ML14.6'), renewed(facts), 'ML14.6', '`trigger`', 'ML16.6'),
    undecidable({ id: 'Monitor 5', title: 'Models are numerically stable' }, 'no signal of the language stands for numbers that are not finite'),
    graded({ id: 'Monitor 6', title: 'Speed, latency and memory do not get worse' }, ...watched(signal('infrastructure'), 'latency and resources'), '`monitor : latency`'),
    graded({ id: 'Monitor 7', title: 'Quality on what is served does not fall' }, ...watched(seesAnswers, 'answers'), 'ML13.2', 'ML13.3', '`monitor : model_quality`'),
  ];
}

/** Every service has a monitor that sees it. */
function watching(facts: Facts, sought: (monitor: Monitor) => boolean, words: string, telling: boolean): Judgement {
  const { context, architecture, releases } = facts;
  return every(
    releases.map(({ service, observed }) => {
      const found = observed.monitors.filter(sought);
      const none = isMonitoringClosed(context) ? missing(`nothing watches ${words} of ${service.name}`, service.name) : open(`nobody says what watches ${words} of ${service.name}`, service.name);
      return some(found.map((monitor) => (telling ? tells(architecture, monitor) : met(`${monitor.name} watches ${words} of ${service.name}`, monitor.name))), none);
    }),
    NO_SERVICE,
  );
}

function tells(architecture: Facts['architecture'], monitor: Monitor): Judgement {
  if (reachesAnything(signalReaches(architecture, monitor.name))) return met(`${monitor.name} tells somebody or starts something`, monitor.name);
  return presenceOf(monitor, 'alerts') === 'absent' ? missing(`${monitor.name} tells nobody`, monitor.name) : open(`nobody says whom ${monitor.name} tells`, monitor.name);
}

/** Data from elsewhere comes with a contract, or its owner says when it changes. */
function announced({ architecture }: Facts): Judgement {
  const sources = componentsOf(architecture, 'source');
  return every(
    sources.map((source) => some([stated(source, 'change_notice', 'a notice of changes'), ...(source.properties.schema?.state === 'present' && source.properties.schema.value === 'contract' ? [met(`${source.name} has a contract`, source.name)] : [])], open(''))),
    open('no source is declared'),
  );
}

/** A check of the form of data tells somebody when it changes. */
function formWatched(facts: Facts): Judgement {
  const { architecture } = facts;
  const gates = componentsOf(architecture, 'validation').filter((gate) => checksOf(gate).includes('schema'));
  const told = gates.map((gate) => (reachesAnything(signalReaches(architecture, gate.name)) ? met(`${gate.name} tells somebody when the form of data changes`, gate.name) : presenceOf(gate, 'alerts') === 'absent' ? missing(`${gate.name} tells nobody`, gate.name) : open(`nobody says whom ${gate.name} tells`, gate.name)));
  const monitors = componentsOf(architecture, 'monitor').filter((monitor) => sees(monitor, 'data_quality')).map((monitor) => tells(architecture, monitor));
  const seen = some([...told, ...monitors], isMonitoringClosed(facts.context) ? missing('nothing tells anybody when the form of data changes') : open('nobody says what tells when the form of data changes'));
  return seen.state === 'met' ? every([seen, announced(facts)], seen) : seen;
}

const parity = ({ architecture }: Facts): Judgement => some(componentsOf(architecture, 'features').map((group) => some([stated(group, 'parity_test', 'a parity test'), stated(group, 'logged', 'a log of served values')], open(''))), open('no feature group is declared'));

/** Models are trained again without a person, and somebody hears when that stops. */
function renewed(facts: Facts): Judgement {
  return every([judgedBy(facts, 'ML14.6'), eachTraining(facts, triggered), judgedBy(facts, 'ML16.6')], NO_SERVICE);
}
