/** What somebody asks who is about to put money into a system, answered in one line from what the file declares. */
export interface DiligenceAnswer {
  readonly topic: 'rights' | 'reproducibility' | 'hold-out' | 'bias' | 'degradation' | 'economics' | 'vendors' | 'key person';
  readonly question: string;
  /** One sentence without names of components, people or files. */
  readonly answer: string;
  /** `answered`: it holds as far as declared. `weak`: it is known not to hold in whole. `not declared`: nobody said. */
  readonly state: 'answered' | 'weak' | 'not declared';
}

export const NOT_DECLARED = 'Not declared.';
