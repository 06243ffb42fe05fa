/**
 * What the remedy of one rule brings and costs beyond its effort, and when to think again. In general terms: no figure here is
 * measured, and the numbers are proposals to start from.
 */
export interface TradeOff {
  /** How the gap turns into an incident: cause, event, consequence. */
  readonly scenario: string;
  /** The least that helps within a week; left out where the remedy itself is that small. */
  readonly minimal?: string;
  /** Quality attributes that get better. */
  readonly gains: readonly string[];
  /** What is paid for it. */
  readonly pays: string;
  readonly reversible: 'easily' | 'with work' | 'hardly';
  /** How it is taken back. */
  readonly undo: string;
  /** The number or the event at which to think again. */
  readonly revisit: string;
}
