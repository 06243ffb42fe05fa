import type { Estimated } from '../../analysis/estimation/estimated.ts';
import type { Estimation } from '../../analysis/estimation/estimate.ts';
import { costByComponent } from '../../analysis/estimation/cost/tree.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../analysis/format.ts';
import { entriesOf, requestServices } from '../../analysis/serving/services.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { online } from '../../model/graph/online.ts';
import type { Knowledge } from './elements.ts';
import { carries, elementsOf, lanesOf, partOf, type ViewContent } from './part.ts';

/** From who asks to the answer: everything that a request passes or reads, with how long it takes, how busy it is and what it costs. */
export function servingView(knowledge: Knowledge): ViewContent {
  const { architecture, estimation } = knowledge;
  const names = new Set<string>();
  for (const { consumer, service } of entriesOf(architecture)) for (const name of online(architecture, consumer.name, service.name).names) names.add(name);
  for (const service of requestServices(architecture)) {
    for (const name of online(architecture, service.name, service.name).names) names.add(name);
    for (const model of modelsOf(architecture, service)) names.add(model.name);
  }
  const onTheWay = carries('request', 'features', 'artifact', 'config', 'predictions', 'data');
  const part = partOf(architecture, names, edgesOf(architecture).edges.filter(onTheWay));
  const elements = elementsOf(knowledge, part, (name) => (estimation ? latencyAndCost(estimation, name) : []));
  return { ...elements, lanes: lanesOf(elements.nodes), groups: [], ...(estimation && { says: waysText(estimation) }) };
}

function latencyAndCost({ stations, cost }: Estimation, name: string): string[] {
  const latency = stations.find(({ component }) => component === name)?.at.find(({ multiple }) => multiple === 1)?.latency;
  const own = costByComponent(cost.tree).get(name);
  return [
    ...(latency ? [`p50 ${time(latency.p50)}, p99 ${time(latency.p99)}`] : []),
    ...(own && own.value > 0 ? [`${formatNumber(Number(own.value.toPrecision(3)))} ${own.currency} a month`] : []),
  ];
}

const time = ({ value, bound }: Estimated): string => `${bound ? `${bound} ` : ''}${formatDuration(Number(value.toPrecision(2)))}`;

/** `PaymentsApi to Scorer: p99 76 ms of 120 ms`. */
function waysText({ paths }: Estimation): string {
  return paths
    .flatMap(({ from, to, objective, at }) => {
      const today = at.find(({ multiple }) => multiple === 1);
      const percentile = objective?.percentile ?? 'p99';
      const way = from === to ? to : `${from} to ${to}`;
      if (today && today.overloaded.length > 0) return [`${way}: ${today.overloaded.join(', ')} overloaded`];
      return today?.latency ? [`${way}: ${percentile} ${time(today.latency[percentile])}${objective ? ` of ${formatQuantity(objective.limit)}` : ''}`] : [];
    })
    .join('; ');
}
