/**
 * Architectures of any size for measuring: systems of the usual parts, repeated, with three flows for each component.
 * The same size gives the same text.
 */
const PART = 20;
/** Parts that share data, as the teams of a platform do; between such groups nothing flows. */
const GROUP = 5;

/** With `sparse` only the flows that a system of its own has: three for each two components, as in the examples. */
export function generateArchitecture(components: number, sparse = false): string {
  const parts = Math.ceil(components / PART);
  const body = Array.from({ length: parts }, (_, index) => part(index, parts, sparse)).join('\n');
  return `system Generated {\n  owner "Bench"\n  stage production\n  criticality high\n\n${body}\n}\n`;
}

/** Twenty components and sixty flows. Some reach into the next part of the group, so that the graph hangs together. */
function part(index: number, parts: number, sparse: boolean): string {
  const id = (name: string, of = index): string => `${name}${of % parts}`;
  const own = (name: string): string => id(name);
  const group = Math.floor(index / GROUP) * GROUP;
  const size = Math.min(GROUP, parts - group);
  const next = (name: string): string => id(name, group + ((index - group + 1) % size));
  return `  consumer ${own('App')} : application { peak ${20 + (index % 50)} req/s growth 5 %/month blocking yes }
  source ${own('Orders')} : database { technology postgresql owner "Team ${index % 7}" schema contract event_time "at" capture cdc }
  source ${own('Clicks')} : events { technology kafka owner "Web" external yes sla "99 %" }
  ingestion ${own('Stream')} : streaming { technology kafka latency 2 s on_bad_data quarantine retention 7 days late_data watermark duplicates deduplicate }
  validation ${own('Gate')} : gate { checks [schema, nulls, range] blocking yes position ingestion }
  store ${own('Lake')} : lakehouse { technology delta_lake layer raw versioned yes retention 2 years }
  store ${own('Online')} : online { technology redis replicas 3 capacity 20_000 req/s latency p50 1 ms p99 4 ms }
  features ${own('Profile')} {
    owner "Team ${index % 7}"
    defined_in "features/profile_${index}.py"
    offline ${own('Lake')}
    online ${own('Online')}
    window 1 h
    freshness 1 min
    materialised every 30 s in 5 s
    join point_in_time
  }
  labels ${own('Truth')} { from ${own('Orders')} kind outcome delay 7 days join_key "id" }
  training ${own('Train')} : scheduled {
    technology xgboost
    produces ${own('Model')}
    code commit
    pins [code, data, environment, config, seed]
    tracks [parameters, metrics, code_version, data_version, artifacts]
    records_to ${own('Registry')}
    every 7 days
    split time
  }
  registry ${own('Registry')} : server { technology mlflow immutable yes records [metrics, data_version, parameters, code_version, environment] }
  model ${own('Model')} : trained { task binary_classification use_case churn packaging separate_artifact retrained yes }
  gateway ${own('Router')} : router { splits yes latency p50 1 ms p99 3 ms replicas 2 }
  service ${own('Api')} : realtime {
    platform kserve
    serves ${own('Model')}
    replicas 2..8
    concurrency 4
    service_time p50 8 ms p99 20 ms
    slo p99 <= 120 ms, availability >= 99.9 %
    logs [model_version, features, prediction, timestamp, join_id]
    logs_to ${own('Log')}
  }
  store ${own('Log')} : log { technology s3 layer logs retention 90 days }
  rollout ${own('Release')} for ${own('Api')} { strategy canary steps [5 %, 50 %, 100 %] watches ${own('Quality')} rollback automatic within 5 min }
  monitor ${own('Drift')} : data_drift { watches ${own('Api')} test psi threshold 0.2 window 1 h alerts ${own('OnCall')} }
  monitor ${own('Quality')} : model_quality { watches ${own('Api')} metric "auc" threshold 0.8 labels ${own('Truth')} alerts ${own('OnCall')} }
  alert ${own('OnCall')} { channel pagerduty reaches ${own('Owners')} }
  team ${own('Owners')} { people 5 on_call yes }
${flows(own, next, sparse).map(([from, to, more]) => `  ${from} -> ${to}${more ? ` { ${more} }` : ''}`).join('\n')}
`;
}

type Name = (name: string) => string;

function flows(own: Name, next: Name, sparse: boolean): [string, string, string?][] {
  const chain: [string, string, string?][] = [
    [own('App'), own('Router'), 'request sync timeout 300 ms'], [own('Router'), own('Api'), 'request sync'], [own('Orders'), own('Stream')], [own('Clicks'), own('Stream')], [own('Stream'), own('Gate')],
    [own('Gate'), own('Lake')], [own('Lake'), own('Profile')], [own('Profile'), own('Train')], [own('Truth'), own('Train')], [own('Profile'), own('Api'), 'lookup p50 1 ms p99 4 ms'],
    [own('Train'), own('Registry')], [own('Registry'), own('Api'), `deploys ${own('Model')}`], [own('Api'), own('Log')], [own('Log'), own('Truth')], [own('Lake'), next('Profile')],
    [own('Online'), own('Api'), 'features sync'], [own('Gate'), own('Online'), 'features stream'], [own('Clicks'), next('Stream')], [own('Lake'), next('Train')], [own('Log'), own('Drift'), 'events async'],
  ];
  // Further flows between neighbouring parts, as platforms that are shared by many models have them.
  const more = ['Orders', 'Clicks', 'Gate', 'Lake', 'Profile'].flatMap((from) => ['Lake', 'Profile', 'Train', 'Gate', 'Stream', 'Registry', 'Log', 'Truth'].map((to): [string, string] => [own(from), next(to)]));
  return sparse ? chain : [...chain, ...more];
}
