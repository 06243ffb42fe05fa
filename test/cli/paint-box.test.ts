import opentype from 'opentype.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../src/diagram/text/coverage.ts';
import { completed, paintBox } from '../../src/cli/paint-box.ts';

const modules = new URL('../../node_modules/', import.meta.url);
const inter = new URL('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf', modules);
const dejavu = new URL('dejavu-fonts-ttf/ttf/DejaVuSans.ttf', modules);
const read = (file: URL): Uint8Array => new Uint8Array(readFileSync(file));

describe('the characters of a font', () => {
  it.each([inter, dejavu])('are those that a library reads from %s', (file) => {
    const bytes = read(file);
    const font = opentype.parse(bytes.slice().buffer);
    const has = coverageOf(bytes);
    const wrong = Array.from({ length: 0x1ffff }, (_, code) => code).filter((code) => (code < 0xd800 || code > 0xdfff) && code !== 0xffff && has(code) !== (font.charToGlyphIndex(String.fromCodePoint(code)) > 0));
    expect(wrong).toEqual([]);
  });

  it('are those of all fonts of a collection', () => {
    const fonts = [inter, dejavu].map(read);
    const head = 12 + 4 * fonts.length;
    const collection = new Uint8Array(head + fonts.reduce((sum, { length }) => sum + length, 0));
    const view = new DataView(collection.buffer);
    [0x74746366, 0x00010000, fonts.length].forEach((word, index) => view.setUint32(4 * index, word));
    fonts.reduce((start, font, index) => {
      collection.set(font, start);
      view.setUint32(12 + 4 * index, start);
      // Tables are counted from the beginning of the file.
      for (let table = 0; table < view.getUint16(start + 4); table++) view.setUint32(start + 20 + 16 * table, view.getUint32(start + 20 + 16 * table) + start);
      return start + font.length;
    }, head);
    const has = coverageOf(collection);
    expect([...'Aא数'].map((character) => has(character.codePointAt(0)!))).toEqual([true, true, false]);
  });

  it('are none where the file is cut off, or no font', () => {
    expect(coverageOf(read(dejavu).slice(0, 500))(65)).toBe(false);
    expect(coverageOf(new Uint8Array([1, 2, 3]))(65)).toBe(false);
  });
});

describe('a picture that is painted', () => {
  it('tells which characters no font has, by sign and number', () => {
    const { missing } = completed([read(inter)], [...'Aא数🚀'], () => []);
    expect(missing).toEqual(['א', '数', '🚀']);
    const told: string[] = [];
    // No font of any system has a character of the private planes.
    paintBox('<text>A \u{10fffd} \u200d\ufe0f\u202e</text>', (warning) => told.push(warning));
    expect(told).toEqual([expect.stringMatching(/^no font has .+ \(U\+10FFFD\): they are painted as empty boxes\./u)]);
    paintBox('<text>שלום مرحبا Ünï</text>', (warning) => told.push(warning));
    expect(told).toHaveLength(1);
  });

  it('takes a font of the system where that helps, and no other', () => {
    const { fonts, missing } = completed([read(inter)], [...'Aא'], () => [inter.pathname, dejavu.pathname]);
    expect([fonts.length, missing]).toEqual([2, []]);
  });
});
