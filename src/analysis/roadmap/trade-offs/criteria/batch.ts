import type { TradeOff } from '../../trade-off.ts';

/** BATCH-01 to BATCH-05. */
export const batch: Readonly<Record<string, TradeOff>> = {
  'BATCH-01': {
    scenario: 'The cluster is full, the forecast waits in line until noon, and the shops have ordered by the one of yesterday.',
    minimal: 'Send the readers the time of the newest result each morning.',
    gains: ['timeliness', 'early detection'],
    pays: 'A time to agree on with the readers of each job, and somebody who is up before them.',
    reversible: 'easily',
    undo: 'Move the time, or silence the alert for a day.',
    revisit: 'It fires twice a month without harm to any reader, or readers start earlier.',
  },
  'BATCH-02': {
    scenario: 'A node dies after four million rows, half of the prices are new, and sets cost less than one of their parts.',
    minimal: 'Save a copy of the table before each run.',
    gains: ['consistency', 'recoverability'],
    pays: 'Twice the storage or more, and no result is there until the last one is.',
    reversible: 'easily',
    undo: 'Write into the table in place again.',
    revisit: 'Kept results take half of the storage, or a reader needs the first before the last is done.',
  },
  'BATCH-03': {
    scenario: 'One input comes empty, the job gives every customer the same score, and a million letters are printed by it.',
    minimal: 'Print number and mean of both runs at the end of the log, and read them for a week.',
    gains: ['early detection', 'safe releases'],
    pays: 'A pause before the results count, and stops on days that are odd for good reasons.',
    reversible: 'easily',
    undo: 'Publish first, and compare afterwards.',
    revisit: 'Three stops in a row were harmless, or wrong results get past the comparison.',
  },
  'BATCH-04': {
    scenario: 'The load before is an hour late, the forecast reads 11 of 24 hours, and the shops order half of what they need.',
    minimal: 'End with an error when the newest row is older than the hour that it should be from.',
    gains: ['correctness', 'reliability'],
    pays: 'The end is as uncertain as the start: a late input pushes the job into the day.',
    reversible: 'easily',
    undo: 'Start by the clock, late enough for the slowest input.',
    revisit: 'Its inputs miss the agreed hour twice in a month, or another input is added.',
  },
  'BATCH-05': {
    scenario: 'A table of risks was last written in March, an application reads it in June like any other, and grants bad loans.',
    minimal: 'Put the time of the run into the comment of the table, and tell its readers.',
    gains: ['transparency', 'correctness'],
    pays: 'Two more columns, and readers that need something to do without a value.',
    reversible: 'easily',
    undo: 'Let results hold for longer; readers need no change for it.',
    revisit: 'More than 1 % of reads meet a result past its time, or the job runs at another interval.',
  },
};
