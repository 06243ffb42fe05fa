import type { Framework } from './framework.ts';

const ARTICLES: Readonly<Record<string, string>> = {
  '6': 'classification as high-risk', '9': 'risk management', '10': 'data and data governance', '11': 'technical documentation', '12': 'record-keeping', '13': 'transparency for deployers', '14': 'human oversight', '15': 'accuracy, robustness, cybersecurity', '17': 'quality management', '18': 'keeping of documentation',
  '19': 'keeping of logs', '26': 'duties of deployers', '27': 'impact on fundamental rights', '50': 'transparency for users', '72': 'monitoring after marketing', '73': 'reporting of serious incidents',
};

export const euAiAct: Framework = {
  name: 'eu-ai-act',
  title: 'EU AI Act, Regulation (EU) 2024/1689',
  edition: '2024',
  cite: 'EU AI Act',
  url: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj',
  checkedOn: '2026-11-21',
  items: [
    ...Object.entries(ARTICLES).map(([number, title]) => ({ id: `Article ${number}`, title })),
    { id: 'Annex III', title: 'areas of high risk' },
    { id: 'Annex IV', title: 'content of the technical documentation' },
  ],
  partial: 'Articles and annexes that put duties on an architecture. Coverage by rules is no legal assessment.',
};
