/** Zero-based, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Span {
  /** Path of the file as the front end named it. */
  readonly file: string;
  readonly range: Range;
}
