/** How the server reaches files; all are URIs. Nothing is written. */
export interface Files {
  /** Every .mlarch file of the workspace. */
  list(): Promise<readonly string[]>;
  /** The text of a file, undefined where it cannot be read as text. */
  read(uri: string): Promise<string | undefined>;
  /** What stands there; undefined for nothing, and for what a link leads to outside of `within`. */
  stat(uri: string, within?: string): Promise<'file' | 'folder' | undefined>;
}

/** No hand-written architecture comes near it; a larger file is something else. */
export const MAX_FILE_BYTES = 10_000_000;
