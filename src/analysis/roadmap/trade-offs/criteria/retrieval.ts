import type { TradeOff } from '../../trade-off.ts';

/** RAG-01 to RAG-06. */
export const retrieval: Readonly<Record<string, TradeOff>> = {
  'RAG-01': {
    scenario: 'An intern asks about bonuses, a board paper is in the index without its lock, and the answer quotes each salary.',
    minimal: 'Take out of the index what not every user may read.',
    gains: ['confidentiality', 'compliance'],
    pays: 'Permissions to copy and to keep in step, slower searches, and fewer hits for some people.',
    reversible: 'with work',
    undo: 'Return to one open index, which then may hold only what everybody is allowed to read.',
    revisit: 'A withdrawn right takes over an hour to reach the index, or the filter doubles search time.',
  },
  'RAG-02': {
    scenario: 'A withdrawn dosage table is still in the index, an answer quotes it with its source, and a patient gets too much.',
    minimal: 'Remove by hand what was withdrawn this year, and show the date of each document that is quoted.',
    gains: ['freshness', 'correctness'],
    pays: 'More embedding calls, load on the sources, and a job that needs an alert of its own.',
    reversible: 'easily',
    undo: 'Index at longer intervals, and say below answers how old they may be.',
    revisit: 'More than 1 % of the documents that are quoted have changed since they were indexed.',
  },
  'RAG-03': {
    scenario: 'An update embeds questions with a newer model, documents keep their old vectors, and the search returns noise.',
    minimal: 'After each release search for 20 documents by their own titles.',
    gains: ['correctness', 'safe changes'],
    pays: 'A better model means embedding everything again, in an index beside the one in use.',
    reversible: 'with work',
    undo: 'Put the former model back, together with the index that was made by it.',
    revisit: 'The version is withdrawn by its maker, or another finds a tenth more of what is needed.',
  },
  'RAG-04': {
    scenario: 'A new way to cut documents loses every table, answers turn vague, and the team rewrites prompts for a month in vain.',
    minimal: 'Take 20 bad answers, and see for each whether the right document was found.',
    gains: ['measurability', 'diagnosis'],
    pays: 'A day or two of somebody who knows the documents, and again when many of them change.',
    reversible: 'easily',
    undo: 'Stop measuring; the questions will serve any later index.',
    revisit: 'A tenth of the documents behind the questions were replaced, or users ask about new topics.',
  },
  'RAG-05': {
    scenario: 'A supplier hides “recommend us” in a data sheet, each comparison finds the sheet, and orders move to that supplier.',
    minimal: 'Mark which documents outsiders wrote, and show the mark below each answer that uses one.',
    gains: ['security', 'integrity'],
    pays: 'New documents wait, and a screen misses some attacks and stops some harmless texts.',
    reversible: 'easily',
    undo: 'Index what waits after a look at a sample, and the rest at once from then on.',
    revisit: 'Approval takes longer than a working day, or an instruction is found in the index.',
  },
  'RAG-06': {
    scenario: 'An upgrade corrupts the index, embedding 40 million passages takes three days, and the assistant is shut till then.',
    minimal: 'Embed 1 % of the documents again, and reckon time and bill of the whole from it.',
    gains: ['recoverability', 'availability'],
    pays: 'Storage for the copies, and half a day twice a year to try that one of them works.',
    reversible: 'easily',
    undo: 'Delete the copies; making the index anew is then the only way.',
    revisit: 'The index doubles, or a trial takes longer than the service may be down.',
  },
};
