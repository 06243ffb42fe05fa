/** What goes wrong in the business when findings of some checks come true. */
export interface ThemeKind {
  readonly id: 'unnoticed' | 'capacity' | 'release' | 'rebuild' | 'live' | 'bill' | 'outsider' | 'law';
  /** For somebody who runs a company. */
  readonly title: string;
  readonly checks: readonly string[];
  /** What happens. */
  readonly event: string;
  readonly consequence: string;
}

/** In the order in which equals are told. Every check is in one of them. */
export const THEME_KINDS: readonly ThemeKind[] = [
  { id: 'unnoticed', title: 'Customers notice first', checks: ['ML07', 'ML13', 'ML14', 'ML15', 'ML16', 'BATCH'], event: 'Answers get worse and no signal reaches somebody who acts', consequence: 'wrong answers go on until customers complain' },
  { id: 'capacity', title: 'One limit stops every answer', checks: ['ML09', 'ML11', 'REL'], event: 'Traffic grows, or one part fails', consequence: 'answers are late or fail for everyone at once' },
  { id: 'release', title: 'A bad release reaches everyone', checks: ['ML10', 'ML17', 'ML18', 'ML19', 'ML20', 'CICD', 'EDGE'], event: 'A new version is wrong', consequence: 'everyone gets it, and it stays until somebody who knows how takes it back' },
  { id: 'rebuild', title: 'Nobody could rebuild the model', checks: ['ML01', 'ML02', 'ML03', 'ML04', 'OWN'], event: 'A model is lost, questioned or has to be corrected', consequence: 'it cannot be made again or explained as it was' },
  { id: 'live', title: 'Worse in use than in tests', checks: ['ML05', 'ML06', 'ML08', 'EVAL', 'LOOP'], event: 'The model meets other values in use than it learned from', consequence: 'it earns less than its tests promised, without an error message' },
  { id: 'bill', title: 'The bill runs away', checks: ['ML12', 'COST'], event: 'Use grows, or somebody misuses what is paid by use', consequence: 'the cost passes what an answer earns' },
  { id: 'outsider', title: 'A stranger gets in, or data gets out', checks: ['DG', 'SEC', 'LLM', 'RAG', 'AGT'], event: 'Somebody from outside, or what they wrote, reaches data, models or tools', consequence: 'data leaves the company, or something is done that nobody wanted' },
  { id: 'law', title: 'Somebody asks by which right', checks: ['COMP'], event: 'An authority, a customer or a person concerned asks how it decides', consequence: 'what has to be shown does not exist, and use may have to stop' },
];

export const themeKindOf = (check: string): ThemeKind | undefined => THEME_KINDS.find(({ checks }) => checks.includes(check));
