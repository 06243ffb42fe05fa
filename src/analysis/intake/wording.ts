/** A question as it is put to a person, and what it says of where the answer goes in the file. */
export interface Wording {
  readonly text: string;
  /** `Declare …`: empty where it says nothing of it. */
  readonly place: string;
}

/** Sentences that speak to the author of the file and not to the person who knows. */
const TO_THE_AUTHOR = /^(?:Declare|Name (?:it|them) with|Add `|State |Say )/;

/** Takes apart what a rule asks. A question that has nothing but words for the author stays as it is. */
export function wordingOf(message: string): Wording {
  const sentences = message.split(/(?<=[.?!]) (?=[A-Z])/);
  const place = sentences.filter((sentence) => TO_THE_AUTHOR.test(sentence));
  const text = sentences.filter((sentence) => !TO_THE_AUTHOR.test(sentence)).join(' ');
  return text === '' ? { text: message, place: '' } : { text, place: place.join(' ') };
}

/** The words in backticks of a message: keys and pieces of the language. */
export const codeIn = (message: string): string[] => [...message.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
