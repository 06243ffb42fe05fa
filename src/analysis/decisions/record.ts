/** A decision with its reasons: one that the file declares, one that a roadmap asks for, or one that the model shows and nobody wrote down. */
export interface DecisionRecord {
  readonly origin: 'declared' | 'roadmap' | 'implicit';
  /** Of the file it makes; stable as long as the title is. */
  readonly title: string;
  readonly status: 'proposed' | 'rejected' | 'accepted' | 'superseded';
  /** `2026-06-02`, where it is known. */
  readonly date?: string;
  readonly makers?: string;
  readonly context: string;
  readonly drivers: readonly string[];
  readonly options: readonly DecisionOption[];
  /** Which option is taken or proposed, by its name. */
  readonly chosen: string;
  readonly because?: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
  /** Rules and checks that watch whether it is kept: `ML09.3`, `ML18`. */
  readonly watchedBy: readonly string[];
  readonly findings: readonly string[];
  /** Names without the system. */
  readonly components: readonly string[];
  readonly revisit?: string;
  /** What else a reader should know. */
  readonly more: readonly string[];
}

export interface DecisionOption {
  readonly name: string;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}
