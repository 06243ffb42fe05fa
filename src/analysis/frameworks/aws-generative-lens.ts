import type { Framework, Item } from './framework.ts';

/** Practices of one question: `practices('GENOPS01', 2)`. */
const practices = (question: string, count: number): Item[] => Array.from({ length: count }, (_, index) => ({ id: `${question}-BP0${index + 1}` }));

export const awsGenerativeLens: Framework = {
  name: 'aws-genai',
  title: 'AWS Well-Architected Generative AI Lens',
  edition: 'as published, ids only',
  cite: 'AWS Generative AI Lens',
  url: 'https://docs.aws.amazon.com/wellarchitected/latest/generative-ai-lens/',
  checkedOn: '2026-11-21',
  items: [
    ...[['GENOPS01', 2], ['GENOPS02', 3], ['GENOPS03', 2], ['GENOPS04', 2], ['GENOPS05', 1]].flatMap(([id, count]) => practices(String(id), Number(count))),
    ...[['GENSEC01', 4], ['GENSEC02', 1], ['GENSEC03', 1], ['GENSEC04', 2], ['GENSEC05', 1], ['GENSEC06', 1]].flatMap(([id, count]) => practices(String(id), Number(count))),
    ...[['GENREL01', 1], ['GENREL02', 1], ['GENREL03', 2], ['GENREL04', 2], ['GENREL05', 3], ['GENREL06', 1]].flatMap(([id, count]) => practices(String(id), Number(count))),
    ...[['GENPERF01', 2], ['GENPERF02', 3], ['GENPERF03', 1], ['GENPERF04', 2]].flatMap(([id, count]) => practices(String(id), Number(count))),
    ...[['GENCOST01', 1], ['GENCOST02', 2], ['GENCOST03', 2], ['GENCOST04', 1], ['GENCOST05', 1]].flatMap(([id, count]) => practices(String(id), Number(count))),
    ...[['GENSUS01', 2], ['GENSUS02', 1], ['GENSUS03', 1]].flatMap(([id, count]) => practices(String(id), Number(count))),
  ],
  partial: 'The practices of one public table of the lens; the present lens has more. Its titles are left out.',
};
