import type { Framework } from './framework.ts';

const CONTROLS: Readonly<Record<string, string>> = {
  'A.2.2': 'AI policy', 'A.2.3': 'other policies', 'A.2.4': 'review of the policy', 'A.3.2': 'roles', 'A.3.3': 'reporting of concerns', 'A.4.2': 'resources', 'A.4.3': 'data resources', 'A.4.4': 'tools', 'A.4.5': 'computing', 'A.4.6': 'people',
  'A.5.2': 'process of impact assessment', 'A.5.3': 'documentation of impact', 'A.5.4': 'impact on persons', 'A.5.5': 'impact on society', 'A.6.1.2': 'objectives of development', 'A.6.1.3': 'process of development', 'A.6.2.2': 'requirements', 'A.6.2.3': 'design documentation', 'A.6.2.4': 'verification and validation', 'A.6.2.5': 'deployment', 'A.6.2.6': 'operation and monitoring', 'A.6.2.7': 'technical documentation', 'A.6.2.8': 'event logs',
  'A.7.2': 'data for development', 'A.7.3': 'acquisition', 'A.7.4': 'quality', 'A.7.5': 'provenance', 'A.7.6': 'preparation', 'A.8.2': 'information for users', 'A.8.3': 'external reporting', 'A.8.4': 'communication of incidents', 'A.8.5': 'information for interested parties', 'A.9.2': 'processes of use', 'A.9.3': 'objectives of use', 'A.9.4': 'intended use', 'A.10.2': 'shared responsibilities', 'A.10.3': 'suppliers', 'A.10.4': 'customers',
};

export const iso42001: Framework = {
  name: 'iso-42001',
  title: 'ISO/IEC 42001, controls of Annex A',
  edition: '2023',
  cite: 'ISO/IEC 42001',
  url: 'https://www.iso.org/standard/42001',
  checkedOn: '2026-11-21',
  items: Object.entries(CONTROLS).map(([id, title]) => ({ id, title })),
};
