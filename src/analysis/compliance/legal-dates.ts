/** When a legal duty begins: what was read, where and when. Nothing is decided by a date; it is only told. */
export interface LegalDate {
  readonly law: string;
  readonly article: string;
  /** What begins, as the end of “the duties begin”. */
  readonly what: string;
  /** `2027-12-02` */
  readonly date: string;
  /** The day before it was moved, where it is known. */
  readonly formerly?: string;
  readonly certainty: string;
  readonly source: string;
  /** The day on which it was last looked up. */
  readonly checkedOn: string;
}

export const LEGAL_DATES = {
  highRisk: {
    law: 'EU AI Act',
    article: 'Annex III and Articles 6 to 27, 72',
    what: 'duties for high-risk systems in the areas of Annex III',
    date: '2027-12-02',
    formerly: '2026-08-02',
    certainty: 'agreed politically on 2026-05-07 (Digital Omnibus); look for the published text',
    source: 'several pages of 2026 on the Digital Omnibus, some from before its adoption',
    checkedOn: '2026-11-21',
  },
  highRiskProducts: {
    law: 'EU AI Act',
    article: 'Annex I and Articles 6 to 27, 72',
    what: 'duties for high-risk systems within products of Annex I',
    date: '2028-08-02',
    certainty: 'agreed politically on 2026-05-07 (Digital Omnibus); look for the published text',
    source: 'several pages of 2026 on the Digital Omnibus, some from before its adoption',
    checkedOn: '2026-11-21',
  },
  transparency: {
    law: 'EU AI Act',
    article: 'Article 50',
    what: 'duties to tell people that they meet a machine',
    date: '2026-08-02',
    certainty: 'reported as not moved by the Digital Omnibus',
    source: 'several pages of 2026 on the Digital Omnibus, some from before its adoption',
    checkedOn: '2026-11-21',
  },
} as const satisfies Readonly<Record<string, LegalDate>>;

/** `The duty begins on 2027-12-02 (checked on 2026-11-21).`: a sentence for a message; `today` as `2026-11-21`. */
export function beginning(date: LegalDate, today: string): string {
  return `The duty ${date.date <= today ? 'has held since' : 'begins on'} ${date.date} (checked on ${date.checkedOn}).`;
}

/** How sure the date is, as a sentence of a reason. */
export function certaintyOf({ law, article, certainty, formerly, date }: LegalDate): string {
  return `${law}, ${article}: ${date}${formerly === undefined ? '' : ` instead of ${formerly}`}, ${certainty}.`;
}
