import type { Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { modelsMadeBy } from '../../../model/graph/cones.ts';
import { statementOf, value } from '../../../model/statements.ts';
import type { FeatureGroup } from '../../data/feature-use.ts';
import { pastExamples, variesOverTime, wasRecorded, type PastExamples } from '../../data/time-facts.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

type Divided = Component<'training' | 'dataset' | 'evaluation'>;

export const splitByTime: Rule = {
  id: 'ML06.5',
  slug: 'split-by-time',
  title: 'Examples of different times are divided by time, not at random',
  type: 'contradiction',
  severity: 'high',
  why: 'With a random split the model is judged on days that it has already seen. Its figures then promise what it cannot hold on days to come.',
  remediation: 'Train on the past and judge on what came after.',
  effort: 'S',
  falsePositives: 'If the time of an example plays no part, say `temporal no` on the training.',
  *evaluate({ architecture }) {
    const open: Component<'training'>[] = [];
    for (const past of pastExamples(architecture)) {
      const places = dividedBy(past).filter((place) => value(place as Component<'training'>, 'split') !== undefined);
      if (past.temporal === 'denied') yield notApplicable(`${past.because}.`, past.training);
      else if (places.length > 0) yield* judgeSplit(past, places);
      else if (past.temporal !== 'unknown') open.push(past.training);
    }
    if (open[0]) yield question(open[0], 'split', `How are the examples of ${listed(open.map((training) => training.name))} divided into training and test: by time, by entity or at random?`);

    function dividedBy({ training, upstream }: PastExamples): Divided[] {
      const made = modelsMadeBy(architecture, training).map((model) => model.name);
      const judges = made.flatMap((name) => edgesOf(architecture).out.get(name) ?? []).flatMap((edge) => architecture.components.get(edge.to) ?? []).filter((component) => component.kind === 'evaluation');
      const datasets = [...upstream.keys()].flatMap((name) => architecture.components.get(name) ?? []).filter((component) => component.kind === 'dataset');
      return [training, ...datasets, ...judges] as Divided[];
    }
  },
};

function* judgeSplit({ temporal, because }: PastExamples, places: readonly Divided[]): Iterable<Outcome> {
  for (const place of places) {
    const split = value(place as Component<'training'>, 'split');
    if (split === 'time') yield satisfied(place, { evidence: evidenceOf(statementOf(place, 'split')), because: `${place.name} divides by time` });
    else if (split === 'group') yield notApplicable(`${place.name} divides by entity, not at random.`, place);
    else if (temporal === 'declared' || temporal === 'likely') {
      const details = {
        at: 'split',
        message: `${place.name} divides its examples ${split === 'random' ? 'at random' : 'at random within classes'}, although ${because}.`,
        changes: [{ op: 'set' as const, subject: place.name, property: 'split', value: 'time' }],
      };
      yield temporal === 'declared' ? contradiction(place, details) : weak(place, { ...details, severity: 'medium' as const });
    }
  }
}

export const timesRecorded: Rule = {
  id: 'ML06.6',
  slug: 'event-and-arrival-times-recorded',
  title: 'Values carry the time of the event and the time at which they could be used',
  type: 'weak',
  severity: 'medium',
  why: 'An event that arrived late was not known when it happened. A join by the wrong time gives past examples what nobody had.',
  remediation: 'Record event time and availability time with each value, or declare how late values can arrive and let the join wait that long.',
  effort: 'M',
  falsePositives: 'If values can be used the moment they happen, say `arrival_delay 0 s`.',
  *evaluate(context) {
    const open = new Set<FeatureGroup>();
    const seen = new Set<FeatureGroup>();
    for (const past of pastExamples(context.architecture)) {
      if (past.temporal === 'denied') yield notApplicable(`${past.because}.`, past.training);
      if (past.temporal === 'denied') continue;
      for (const group of past.groups) {
        if (seen.has(group) || variesOverTime(group) !== true || wasRecorded(context.architecture, group, past)) continue;
        seen.add(group);
        const outcome = judgeTimes(context, group);
        if (outcome) yield outcome;
        else open.add(group);
      }
    }
    const [first] = open;
    if (first) yield question(first, 'timestamps', `Which times are kept with the values of ${listed([...open].map((group) => group.name))}: that of the event, of processing, of availability? And how late can they arrive (\`arrival_delay\`)?`);
  },
};

/** Undefined where the file does not say enough. */
function judgeTimes({ architecture }: Context, group: FeatureGroup): Outcome | undefined {
  const times = value(group, 'timestamps');
  const delay = value(group, 'arrival_delay');
  if (!times) return undefined;
  if (!times.includes('event_time')) {
    const kept = times.includes('availability_time') ? 'the time of availability' : 'the time of processing';
    return weak(group, {
      at: 'timestamps',
      message: `${group.name} records only ${kept}, so a value cannot be placed at the time of its event.`,
      changes: [{ op: 'set', subject: group.name, property: 'timestamps', value: ['event_time', ...new Set([...times, 'availability_time' as const])] }],
    });
  }
  if (times.includes('availability_time') || delay !== undefined) return satisfied(group, { evidence: evidenceOf(statementOf(group, 'timestamps')), because: `${group.name} keeps event time and ${delay === undefined ? 'availability time' : 'declares how late values arrive'}` });
  const upstream = (edgesOf(architecture).in.get(group.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []);
  const waits = upstream.find((component) => component.kind === 'ingestion' && ['watermark', 'reprocess'].includes(value(component as Component<'ingestion'>, 'late_data') ?? ''));
  return waits && satisfied(group, { because: `${waits.name} handles late records` });
}
