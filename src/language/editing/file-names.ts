/** A part of a URI as people read it; as it is, where it is no part of a URI. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
