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
import { MlarchScopeProvider } from './references/scope-provider.ts';
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
  references: {
    ScopeProvider: (services) => new MlarchScopeProvider(services),
  },
};

/** The services without LSP; the language server adds its own on top. */
export function createMlarchServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  mlarch: MlarchServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), MlarchGeneratedSharedModule);
  const mlarch = inject(createDefaultCoreModule({ shared }), MlarchGeneratedModule, module);
  shared.ServiceRegistry.register(mlarch);
  return { shared, mlarch };
}
