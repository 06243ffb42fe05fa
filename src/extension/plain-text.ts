/**
 * Text from a file for a message of the editor. Messages take `[text](command:…)` for a link that runs a command; apart from
 * each other the brackets are only brackets.
 */
export const plainText = (text: string): string => text.replace(/\]\s*\(/g, ']  (');
