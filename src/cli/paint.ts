type Paint = (text: string) => string;

/** Colours of the terminal, or none. */
export function paint(on: boolean) {
  const with_ = (open: number, close: number): Paint => (on ? (text) => `\u001B[${open}m${text}\u001B[${close}m` : (text) => text);
  return { bold: with_(1, 22), dim: with_(2, 22), red: with_(31, 39), green: with_(32, 39), yellow: with_(33, 39), blue: with_(34, 39), magenta: with_(35, 39), cyan: with_(36, 39), inverse: with_(7, 27) };
}
