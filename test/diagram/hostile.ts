import { generateArchitecture } from '../../scripts/bench/generate.ts';

const system = (...lines: string[]): string => `system Hostile {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const named = (name: string): string => system('service Api : realtime { }', `store ${name} : online { technology redis }`, `service ${name}2 : realtime { }`, `Api -> ${name} { rate 10 req/s }`, `${name}2 -> ${name}`, `Api -> ${name}2 { latency p50 1 ms p99 4 ms }`);

/** Systems that nobody draws on purpose. */
export const HOSTILE: Readonly<Record<string, () => string>> = {
  'one component': () => system('service Api : realtime { }'),
  'no component': () => system('owner "Nobody"'),
  'parts without flows between them': () => system('service A : realtime { }', 'store B : online { }', 'A -> B', 'monitor M : latency { }', 'alert L { }', 'source S : database { }', 'store T : lakehouse { }', 'S -> T', 'team X { people 2 }'),
  'a flow from a component to itself': () => system('service Api : realtime { }', 'store Db : online { }', 'Api -> Db { rate 3 req/s }', 'Api -> Api { request sync rate 5 req/s }', 'Api -> Api { events async }', 'Db -> Db'),
  'two flows between the same two': () => system('service A : realtime { }', 'service B : realtime { }', 'A -> B { request sync share 20 % }', 'A -> B { request sync share 80 % }', 'A -> B { events async }', 'B -> A { events async }'),
  'a cycle': () => system('service A : realtime { }', 'service B : realtime { }', 'store C : online { }', 'A -> B', 'B -> C', 'C -> A'),
  'cycles in two lanes, with flows to a lane between': () => system('orchestrator N0 { }', 'consumer N1 { }', 'monitor N2 : latency { }', 'monitor N3 : latency { }', 'orchestrator N5 { }', 'orchestrator N6 { }', 'monitor N7 : latency { }', 'orchestrator N11 { }', 'team N14 { people 2 }', 'team N22 { people 2 }', 'service N26 : realtime { }', 'model N29 { }', 'N11 -> N1', 'N6 -> N11', 'N2 -> N1', 'N11 -> N6', 'N3 -> N2', 'N7 -> N0', 'N2 -> N3'),
  'names of 200 characters': () => named(`Very${'LongName'.repeat(24)}`),
  'a name of 200 equal letters': () => named('W'.repeat(200)),
  'many flows into one store': () => system('store Sink : lakehouse { }', ...Array.from({ length: 40 }, (_, index) => `service S${index} : realtime { }`), ...Array.from({ length: 40 }, (_, index) => `S${index} -> Sink { rate ${index + 1} req/s }`)),
  'many flows out of one store': () => system('store Hub : lakehouse { }', ...Array.from({ length: 40 }, (_, index) => `service S${index} : realtime { }`), ...Array.from({ length: 40 }, (_, index) => `Hub -> S${index} { rate ${index + 1} req/s }`)),
  'a thousand components': () => generateArchitecture(1000, true),
};

/** Words of scripts that names cannot be written in yet, and of languages that pictures are written in. */
export const FOREIGN: Readonly<Record<string, string>> = {
  'right to left': 'متجر البيانات נתונים',
  'East Asia': '機械学習基盤の特徴量ストア데이터',
  emoji: '🧠👩🏽‍💻🏳️‍🌈',
  markup: '<script>"]]>&`%%\n{}[]:;#',
  'marks over marks': 'Z\u0351\u036b\u0343\u036a\u0302a\u0334\u0335l',
};

/** A system of services, stores and monitors with flows at random: cycles within layers, across them, and onto themselves. The same seed gives the same text. */
export function randomSystem(seed: number, components: number): string {
  let state = seed;
  const below = (most: number): number => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * most);
  };
  const kinds = ['service', 'store', 'monitor', 'model', 'features', 'consumer', 'orchestrator', 'source'];
  const names = Array.from({ length: components }, (_, index) => `N${index}`);
  const flows = Array.from({ length: 2 * names.length }, () => `N${below(names.length)} -> N${below(names.length)}${below(3) === 0 ? ` { rate ${below(100)} req/s }` : ''}`);
  return system(...names.map((name) => `${kinds[below(kinds.length)] ?? ''} ${name} { }`), ...flows);
}
