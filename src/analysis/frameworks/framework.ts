/** A public list of practices, risks or duties that rules cite by id. Ids are facts; the titles are ours and short. */
export interface Framework {
  /** What the command line calls it: `owasp-llm`. */
  readonly name: string;
  readonly title: string;
  readonly edition: string;
  /** How a source of a rule begins that cites it: `OWASP LLM`. */
  readonly cite: string;
  readonly url: string;
  /** When its ids were last compared with what is published. */
  readonly checkedOn: string;
  readonly items: readonly Item[];
  /** What of it is not listed here, and why; left out where the list is whole. */
  readonly partial?: string;
}

export interface Item {
  readonly id: string;
  readonly title?: string;
}

/** Items of one family: `numbered('MLOE-', ['skills', …])` are MLOE-01 and on. */
export const numbered = (prefix: string, titles: readonly string[], width = 2): Item[] => titles.map((title, index) => ({ id: `${prefix}${String(index + 1).padStart(width, '0')}`, title }));
