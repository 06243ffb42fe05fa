import type { IToken } from 'chevrotain';
import { CstNodeBuilder, type LangiumParser, prepareLangiumParser, type LangiumCoreServices } from 'langium';

type Feature = Parameters<CstNodeBuilder['buildLeafNode']>[1];

/**
 * A syntax tree without line ends: a fifth of all tokens would be nodes that nobody looks at, and a declaration would
 * reach to the start of the line after it.
 */
class LeanCstBuilder extends CstNodeBuilder {
  override buildLeafNode(token: IToken, feature?: Feature) {
    if (token.tokenType.name === 'EOL') return this.createLeafNode(token, true);
    return super.buildLeafNode(token, feature);
  }

  /** The parser calls this for every token; without comments there is nothing to find a place for, and looking is linear. */
  override addHiddenNodes(tokens: IToken[]): void {
    if (tokens.length > 0) super.addHiddenNodes(tokens);
  }
}

export function createParser(services: LangiumCoreServices): LangiumParser {
  const parser = prepareLangiumParser(services);
  // Langium has no service for the builder of the concrete syntax tree; the field is private but stable since 1.0.
  (parser as unknown as { nodeBuilder: CstNodeBuilder }).nodeBuilder = new LeanCstBuilder();
  parser.finalize();
  return parser;
}
