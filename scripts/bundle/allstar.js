/** The parser looks two tokens ahead (mlarch-module.ts), so the strategy for unbounded lookahead is never made. */
export class LLStarLookaheadStrategy {
  constructor() {
    throw new Error('The bundle holds no LL(*) lookahead; set maxLookahead.');
  }
}
