/** `CardFraud` becomes `card-fraud`. */
export const kebab = (name: string): string => name.replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2').replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
