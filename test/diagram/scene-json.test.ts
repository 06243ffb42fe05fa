import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { modelJson, sceneJson, type DiagramJson } from '../../src/diagram/scene-json.ts';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { exampleDiagrams, HOSTILE, hostileDiagram, sceneOf } from './support.ts';

const schema = jsonSchemaOf('diagram');
const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(schema);

/** The document as a program reads it, after its schema has found nothing wrong. */
function read(document: DiagramJson): DiagramJson {
  const copy = JSON.parse(JSON.stringify(document)) as DiagramJson;
  validate(copy);
  expect(validate.errors ?? []).toEqual([]);
  return copy;
}

/** Every number below a value, but counts. */
const numbersIn = (value: unknown): number[] => (typeof value === 'number' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []);

describe('a picture as JSON', () => {
  it.each(exampleDiagrams())('of %s follows the schema and has a place for everything', async (_, diagram) => {
    const scene = await sceneOf(diagram);
    const document = read(sceneJson(scene));
    for (const side of ['width', 'height'] as const) expect(Math.abs(document.size![side] - scene[side])).toBeLessThanOrEqual(0.0501);
    expect(document.nodes.map(({ id, findings }) => [id, findings])).toEqual(diagram.nodes.map(({ id, badges }) => [id, badges]));
    document.nodes.forEach(({ box }, index) => {
      for (const side of ['x', 'y', 'width', 'height'] as const) expect(Math.abs(box![side] - scene.nodes[index]![side])).toBeLessThanOrEqual(0.0501);
    });
    expect(document.edges.map(({ id, points }) => [id, points?.length])).toEqual(scene.edges.map(({ edge, points }) => [edge.id, points.length]));
    expect(document.edges.map(({ labelBox }) => labelBox?.text)).toEqual(scene.edges.map(({ label }) => label?.text));
    expect([...document.lanes, ...document.groups].every(({ box }) => box !== undefined)).toBe(true);
    for (const figure of numbersIn(document)) expect(Number(figure.toFixed(1))).toBe(figure);
    expect(JSON.stringify(document)).not.toMatch(/"(span|badges|card)"|\.mlarch/);
  });

  it('is the same when it is laid out again', async () => {
    const [, diagram] = exampleDiagrams()[0]!;
    expect(JSON.stringify(sceneJson(await sceneOf(diagram)))).toBe(JSON.stringify(sceneJson(await sceneOf(diagram))));
  });

  it.each(['lanes', 'groups'] as const)('keeps hostile texts as they are, in %s', async (boxes) => {
    const diagram = hostileDiagram(boxes);
    const document = read(sceneJson(await sceneOf(diagram)));
    expect(document.nodes.map(({ name }) => name)).toEqual(HOSTILE);
    expect(document.nodes.map(({ group, mark, changes, external, owner, dataClasses }) => ({ group, mark, changes, external, owner, dataClasses }))).toEqual(diagram.nodes.map(({ group, mark, changes, external, owner, dataClasses }) => ({ group, mark, changes, external, owner, dataClasses })));
    expect(document.edges.map(({ from, to, label, mark, fallback, shadow }) => ({ from, to, label, mark, fallback, shadow }))).toEqual(diagram.edges.map(({ from, to, label, mark, fallback, shadow }) => ({ from, to, label, mark, fallback, shadow })));
  });

  it('without layout is the same without places', async () => {
    const diagram = hostileDiagram('lanes');
    const { size, ...rest } = sceneJson(await sceneOf(diagram));
    expect(size).toBeDefined();
    const without = ({ box: _box, points: _points, labelBox: _label, ...element }: Readonly<Record<string, unknown>>): object => element;
    const bare = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.map((element) => without(element as Readonly<Record<string, unknown>>)) : value]));
    expect(JSON.stringify(read(modelJson(diagram)))).toBe(JSON.stringify(bare));
    expect(numbersIn({ ...modelJson(diagram), nodes: [] })).toEqual([1]);
  });

  it('is refused by the schema with a field or a word that it does not know', () => {
    const document = modelJson(hostileDiagram('lanes'));
    for (const wrong of [{ ...document, more: 1 }, { ...document, view: 'inside' }, { ...document, nodes: [{ ...document.nodes[0], span: {} }] }, { ...document, edges: [{ ...document.edges[0], payload: 'water' }] }]) expect(validate(wrong)).toBe(false);
  });

  it('has its fields in the order of the schema, and no minus zero', () => {
    const { properties } = schema as { properties: object };
    const document = sceneJson({ diagram: hostileDiagram('lanes'), width: -0.01, height: 1, nodes: [], edges: [], lanes: [], groups: [] });
    expect(Object.keys(properties)).toEqual(Object.keys(document));
    expect(Object.is(document.size?.width, 0)).toBe(true);
  });
});
