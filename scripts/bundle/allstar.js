/** The parser looks two tokens ahead (mlarch-module.ts), so the strategy for unbounded lookahead is never made. */
export function LLStarLookaheadStrategy() {
  throw new Error('The bundle holds no LL(*) lookahead; set maxLookahead.');
}
