import type { Face, Faces } from './fonts.ts';

/** A piece of text in one font. */
export interface Run {
  readonly text: string;
  readonly family: string;
}

/** What stands for a character that no font has. */
export const BOX = '\u25A1';

/** Characters that no font had, as they are met. */
export type Missing = Set<string>;

/** Joiners and selectors of variants say how others look; where no font knows them nothing is lost. */
const SILENT = /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u2060-\u2064\uFE00-\uFE0F\uFEFF\u{E0100}-\u{E01EF}]/u;
/** Spaces and marks on letters take the font of what they stand in, where that has them. */
const FOLLOWING = /[\s\p{M}\p{Cf}]/u;

/** Takes a text apart into fonts that have its characters. What none has is written as a box and noted. */
export function runsOf(text: string, first: Face, { text: plain, mono, others }: Faces, missing: Missing): Run[] {
  const faces = [...new Set([first, plain, mono, ...others])];
  const runs: { text: string; family: string }[] = [];
  let current: Face = first;
  const add = (character: string, face: Face): void => {
    const last = runs.at(-1);
    if (last && last.family === face.family) last.text += character;
    else runs.push({ text: character, family: face.family });
    current = face;
  };
  for (const character of joined(text)) {
    const code = character.codePointAt(0) ?? 0;
    const having = FOLLOWING.test(character) && current.covers(code) ? current : faces.find((face) => face.covers(code));
    if (having) add(character, having);
    else if (!SILENT.test(character)) {
      missing.add(character);
      add(BOX, faces.find((face) => face.covers(BOX.charCodeAt(0))) ?? first);
    }
  }
  return runs;
}

/** Words that are read from right to left; a phrase of them stays in one piece, so that it is turned as a whole. */
const PHRASE = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+(?: [\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+)+/g;
const PHRASE_LENGTH = 40;

const joined = (text: string): string => text.replaceAll(PHRASE, (phrase) => {
  let length = 0;
  return phrase.replaceAll(/ ([^ ]+)/g, (_, word: string) => {
    length += word.length + 1;
    if (length <= PHRASE_LENGTH) return `\u00A0${word}`;
    length = 0;
    return ` ${word}`;
  });
});
