/** What goes wrong in the business when findings of some checks come true. */
export interface ThemeKind {
  readonly id: 'unnoticed' | 'capacity' | 'release' | 'rebuild' | 'live' | 'bill';
  /** For somebody who runs a company. */
  readonly title: string;
  readonly checks: readonly string[];
  /** What happens. */
  readonly event: string;
  readonly consequence: string;
}

/** In the order in which equals are told. Every check is in one of them. */
export const THEME_KINDS: readonly ThemeKind[] = [
  { id: 'unnoticed', title: 'Customers notice first', checks: ['ML07', 'ML13', 'ML14', 'ML15', 'ML16'], event: 'Answers get worse and no signal reaches somebody who acts', consequence: 'wrong answers go on until customers complain' },
  { id: 'capacity', title: 'One limit stops every answer', checks: ['ML09', 'ML11'], event: 'Traffic grows, or one part fails', consequence: 'answers are late or fail for everyone at once' },
  { id: 'release', title: 'A bad release reaches everyone', checks: ['ML10', 'ML17', 'ML18', 'ML19', 'ML20'], event: 'A new version is wrong', consequence: 'everyone gets it, and it stays until somebody who knows how takes it back' },
  { id: 'rebuild', title: 'Nobody could rebuild the model', checks: ['ML01', 'ML02', 'ML03', 'ML04'], event: 'A model is lost, questioned or has to be corrected', consequence: 'it cannot be made again or explained as it was' },
  { id: 'live', title: 'Worse in use than in tests', checks: ['ML05', 'ML06', 'ML08'], event: 'The model meets other values in use than it learned from', consequence: 'it earns less than its tests promised, without an error message' },
  { id: 'bill', title: 'The bill runs away', checks: ['ML12'], event: 'Use grows, or somebody misuses what is paid by use', consequence: 'the cost passes what an answer earns' },
];

export const themeKindOf = (check: string): ThemeKind | undefined => THEME_KINDS.find(({ checks }) => checks.includes(check));
