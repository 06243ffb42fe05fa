import { AstUtils, EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { isComponent, isFlow, isSystem, type Document } from '../../src/language/generated/ast.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';

async function build(files: Readonly<Record<string, string>>) {
  const { shared } = createMlarchServices(EmptyFileSystem);
  const documents = Object.entries(files).map(([file, text]) => shared.workspace.LangiumDocumentFactory.fromString<Document>(text, URI.parse(`file:///${file}`)));
  for (const document of documents) shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build(documents, { validation: false });
  return documents;
}

describe('scopes', () => {
  it('link names to the components of the system, of the file and of imported files', async () => {
    const [main, data] = await build({
      'main.mlarch': 'import { Lake } from "lib/data.mlarch"\nsystem S { service Api\n Lake -> Api\n Shared -> Api }\nstore Shared',
      'lib/data.mlarch': 'store Lake\nstore Hidden',
    });
    const system = main?.parseResult.value.members.find(isSystem);
    const targets = system?.members.filter(isFlow).flatMap((flow) => flow.ends.map((end) => end.ref.ref));
    expect(targets?.map((target) => target?.name)).toEqual(['Lake', 'Api', 'Shared', 'Api']);
    expect(targets?.[0] && AstUtils.getDocument(targets[0])).toBe(data);
  });

  it('prefer the component of the system over one of the file', async () => {
    const [main] = await build({ 'main.mlarch': 'store Api\nsystem S { service Api\n store B\n B -> Api }' });
    const flow = main?.parseResult.value.members.find(isSystem)?.members.find(isFlow);
    const target = flow?.ends[1]?.ref.ref;
    expect(target && isComponent(target) ? target.kind : undefined).toBe('service');
  });

  it('do not reach what was not imported', async () => {
    const [main] = await build({ 'main.mlarch': 'import { Lake } from "data.mlarch"\nsystem S { service Api\n Hidden -> Api }', 'data.mlarch': 'store Lake\nstore Hidden' });
    const flow = main?.parseResult.value.members.find(isSystem)?.members.find(isFlow);
    expect(flow?.ends[0]?.ref.ref).toBeUndefined();
  });
});
