import type { Kind } from '../../model/architecture.ts';

/**
 * An icon for each kind of component, drawn for this product: paths in a square of 18, lines of 1.5, no fill. Kinds that
 * do alike work look alike.
 */
export const ICONS: Readonly<Record<Kind, string>> = {
  consumer: 'M9 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 16c0-3.3 2.7-5 6-5s6 1.7 6 5',
  source: 'M2 4h9v10H2zM5 7h3M5 10h3M11 9h5M14 6.5 16.5 9 14 11.5',
  ingestion: 'M2 5h5l3 4-3 4H2M9 5h3l4 4-4 4H9',
  store: 'M3 4.5C3 3.1 5.7 2 9 2s6 1.1 6 2.5S12.3 7 9 7 3 5.9 3 4.5v9C3 14.9 5.7 16 9 16s6-1.1 6-2.5v-9M3 9c0 1.4 2.7 2.5 6 2.5S15 10.4 15 9',
  dataset: 'M2 3h14v12H2zM2 7h14M2 11h14M7 3v12',
  validation: 'M9 2 15 4.5V9c0 3.5-2.5 6-6 7-3.5-1-6-3.5-6-7V4.5ZM6 9l2.2 2.2L12.3 7',
  features: 'M3 4h4v4H3zM11 4h4v4h-4zM3 11h4v4H3zM11 13h4M13 11v4',
  labels: 'M2 8V3h5l9 8-5 5ZM5 6h.1',
  training: 'M9 2v3M9 13v3M2 9h3M13 9h3M4 4l2 2M12 12l2 2M14 4l-2 2M6 12l-2 2M9 6.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  evaluation: 'M3 15V9M7 15V5M11 15v-4M15 15V3',
  tracker: 'M3 3v12h12M5.5 12l3-4 2.5 2 4-6',
  registry: 'M3 3h12v4H3zM3 11h12v4H3zM6 5h.1M6 13h.1M9 7v4',
  model: 'M4 5.5a1.5 1.5 0 1 0 0-.1M4 12.5a1.5 1.5 0 1 0 0-.1M14 9a1.5 1.5 0 1 0 0-.1M9 4a1.5 1.5 0 1 0 0-.1M9 14a1.5 1.5 0 1 0 0-.1M5.5 5.5 12.5 9 5.5 12.5M9 5.5v7',
  prompt: 'M2 3h14v9H8l-4 4v-4H2zM5 6.5h8M5 9h5',
  knowledge: 'M3 3h5c1 0 1 1 1 1s0-1 1-1h5v11h-5c-1 0-1 1-1 1s0-1-1-1H3ZM9 4v11',
  agent: 'M4 6h10v8H4zM9 6V3M9 2.5h.1M7 9.5h.1M11 9.5h.1M7 12h4M2 9v3M16 9v3',
  tool: 'M11 3a4 4 0 0 0-4 5.5L2.5 13 5 15.5 9.500 11A4 4 0 0 0 15 7l-2.500 1.500-2-2Z',
  guardrail: 'M9 2 15 4.5V9c0 3.5-2.5 6-6 7-3.5-1-6-3.5-6-7V4.5ZM9 6v4M9 12.5v.1',
  orchestrator: 'M9 4a2 2 0 1 0 0-.1M4 14a2 2 0 1 0 0-.1M14 14a2 2 0 1 0 0-.1M8 5.500 5 12M10 5.500 13 12M6 14h6',
  pipeline: 'M2 6h4v6H2zM7 6h4v6H7zM12 6h4v6h-4zM6 9h1M11 9h1',
  compute: 'M5 5h8v8H5zM7 2v3M11 2v3M7 13v3M11 13v3M2 7h3M2 11h3M13 7h3M13 11h3',
  environment: 'M2 4h14v10H2zM2 7h14M4 5.500h.1M6 5.500h.1',
  service: 'M3 3h12v5H3zM3 10h12v5H3zM5.500 5.500h.1M5.500 12.500h.1M9 5.500h4M9 12.500h4',
  gateway: 'M9 2v14M2 9h14M5 6 2 9l3 3M13 6l3 3-3 3',
  cache: 'M10 2 4 10h4l-1 6 7-9H9.500Z',
  artefact: 'M9 2 15.500 5.500v7L9 16l-6.500-3.500v-7ZM2.500 5.500 9 9l6.500-3.500M9 9v7',
  rollout: 'M2 13h4V9h4V5h4M11 2.500 14.500 5 11 7.500',
  experiment: 'M7 2h4M8 2v5L3.500 14.500c-.5 1 0 1.500 1 1.500h9c1 0 1.500-.5 1-1.500L10 7V2M6 11h6',
  monitor: 'M2 10h3l2-6 3 10 2-6 1 2h3',
  alert: 'M9 2c3 0 4 2 4 5 0 3 2 4 2 5H3c0-1 2-2 2-5 0-3 1-5 4-5ZM7 14.500c0 1 1 1.500 2 1.500s2-.5 2-1.500',
  runbook: 'M4 2h10v14H4zM7 6h4M7 9h4M7 12h2',
  incidents: 'M9 2 16.500 15.500h-15ZM9 7v4M9 13v.1',
  team: 'M6 8a2.500 2.500 0 1 0 0-.1M13 8a2 2 0 1 0 0-.1M2 15c0-2.500 1.500-4 4-4s4 1.500 4 4M11 11.500c3 0 5 1 5 3.500',
  access: 'M5 8h8v8H5zM6.500 8V5.500a2.500 2.500 0 0 1 5 0V8M9 11v2',
  compliance: 'M9 2v14M4 5h10M4 5 2 10h4ZM14 5l-2 5h4ZM5 16h8',
};
