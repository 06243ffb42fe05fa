/** More are not kept: the largest architectures have some hundreds of monitors, and while one is edited few of them change. */
const MOST_KEPT = 2000;

/** A pure function of plain data that remembers its results, since an architecture is judged again at each keystroke. */
export function remembered<Input, Output>(compute: (input: Input) => Output): (input: Input) => Output {
  const known = new Map<string, Output>();
  return (input) => {
    const key = JSON.stringify(input);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_KEPT) known.clear();
    const output = compute(input);
    known.set(key, output);
    return output;
  };
}
