import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  inject,
  type DefaultSharedCoreModuleContext,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
} from 'langium';
import { MlarchGeneratedModule, MlarchGeneratedSharedModule, MlarchLanguageMetaData } from './generated/module.ts';
import { MlarchLexer } from './parser/lexer.ts';
import { createParser } from './parser/parser.ts';
import { MlarchTokenBuilder } from './parser/token-builder.ts';

export type MlarchServices = LangiumCoreServices;

const module: Module<MlarchServices, PartialLangiumCoreServices> = {
  LanguageMetaData: () => ({ ...MlarchLanguageMetaData, mode: 'production' }),
  parser: {
    TokenBuilder: () => new MlarchTokenBuilder(),
    Lexer: (services) => new MlarchLexer(services),
    LangiumParser: (services) => createParser(services),
    ParserConfig: () => ({ maxLookahead: 2, skipValidations: true }),
  },
};

/** What parses the language. Names are resolved by references/names.ts and not by Langium, so nothing is indexed or linked. */
export function createMlarchServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  mlarch: MlarchServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), MlarchGeneratedSharedModule);
  const mlarch = inject(createDefaultCoreModule({ shared }), MlarchGeneratedModule, module);
  shared.ServiceRegistry.register(mlarch);
  return { shared, mlarch };
}
