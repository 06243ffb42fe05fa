import { wrapped } from '../../../diagram/text/measure.ts';

/** A place where a word may be broken; taken out again once lines are set. */
export const SEAM = '\u200B';

/** Letters of monospaced type are wider than those that are measured with. */
export const MONO_WIDTH = 1.15;

/**
 * Puts seams into words that are wider than `most`, at capitals, underscores, dots and dashes where it can, so that no
 * word is wider than its column.
 *
 * @param most In points, as `size`.
 */
export const withSeams = (text: string, most: number, size: number): string => text.replaceAll(/[^\s\u00A0]+/g, (word) => (word.length < 4 ? word : slices(word).map((slice) => wrapped(slice, most, size).join(SEAM)).join(SEAM)));

/** Finding seams takes the square of the length: a word of a million letters is taken apart before. */
const SLICE = 200;
const slices = (word: string): string[] => (word.length <= SLICE ? [word] : word.match(new RegExp(`.{1,${SLICE}}`, 'gsu')) ?? []);
