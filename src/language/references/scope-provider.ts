import {
  AstUtils,
  DocumentCache,
  EMPTY_SCOPE,
  stream,
  UriUtils,
  WorkspaceCache,
  type AstNodeDescription,
  type LangiumCoreServices,
  type LangiumDocument,
  type ReferenceInfo,
  type Scope,
  type ScopeProvider,
  type Stream,
} from 'langium';
import { isImport, isSystem, type Declaration, type Document, type Import, type System } from '../generated/ast.ts';
import { exportsOf, namesInFile, namesInSystem } from './names.ts';

type Names = ReadonlyMap<string, Declaration>;

/**
 * The names of the command line’s lowering as scopes for Langium: one map for each file and each system, kept until a
 * file changes. Langium’s own scopes walk all symbols for every reference.
 */
export class MlarchScopeProvider implements ScopeProvider {
  readonly #services: LangiumCoreServices;
  readonly #files: WorkspaceCache<LangiumDocument, Names>;
  readonly #systems: WorkspaceCache<System, Scope>;
  readonly #descriptions: DocumentCache<Declaration, AstNodeDescription>;

  constructor(services: LangiumCoreServices) {
    this.#services = services;
    this.#files = new WorkspaceCache(services.shared);
    this.#systems = new WorkspaceCache(services.shared);
    this.#descriptions = new DocumentCache(services.shared);
  }

  getScope({ container }: ReferenceInfo): Scope {
    const file = AstUtils.getDocument<Document>(container);
    const imported = AstUtils.getContainerOfType(container, isImport);
    if (imported) return this.#importScope(file, imported);
    const names = this.#namesIn(file);
    const system = AstUtils.getContainerOfType(container, isSystem);
    return system ? this.#systems.get(system, () => this.#scope(namesInSystem(system, names))) : this.#scope(names);
  }

  #importScope(file: LangiumDocument<Document>, { path }: Import): Scope {
    const target = path === undefined ? undefined : this.#resolve(file, path);
    return target ? this.#scope(exportsOf(target.parseResult.value)) : EMPTY_SCOPE;
  }

  #namesIn(file: LangiumDocument<Document>): Names {
    const named = (document: LangiumDocument<Document>) => ({ document, root: document.parseResult.value });
    return this.#files.get(file, () =>
      namesInFile(named(file), ({ document }, path) => {
        const target = this.#resolve(document, path);
        return target && named(target);
      }),
    );
  }

  #resolve(from: LangiumDocument, path: string): LangiumDocument<Document> | undefined {
    const uri = UriUtils.resolvePath(UriUtils.dirname(from.uri), path);
    return this.#services.shared.workspace.LangiumDocuments.getDocument(uri) as LangiumDocument<Document> | undefined;
  }

  #scope(names: Names): Scope {
    const describe = (declaration: Declaration, name: string): AstNodeDescription =>
      this.#descriptions.get(AstUtils.getDocument(declaration).uri, declaration, () => this.#services.workspace.AstNodeDescriptionProvider.createDescription(declaration, name));
    const element = (name: string): AstNodeDescription | undefined => {
      const declaration = names.get(name);
      return declaration && describe(declaration, name);
    };
    return {
      getElement: element,
      getElements: (name): Stream<AstNodeDescription> => stream([element(name)].filter((description) => description !== undefined)),
      getAllElements: () => stream([...names].map(([name, declaration]) => describe(declaration, name))),
    };
  }
}
