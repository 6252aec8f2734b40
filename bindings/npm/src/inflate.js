// Decompresses DEFLATE (RFC 1951) at once: the streams of a browser would make a promise of everything.
function inflate(source, size) {
  const out = new Uint8Array(size);
  let at = 0;
  let to = 0;
  let bits = 0;
  let count = 0;
  const take = (wanted) => {
    while (count < wanted) {
      bits |= source[at++] << count;
      count += 8;
    }
    const value = bits & ((1 << wanted) - 1);
    bits >>>= wanted;
    count -= wanted;
    return value;
  };
  // A code as the numbers of symbols by length, and the symbols in order.
  const code = (lengths) => {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const starts = new Uint16Array(17);
    for (let length = 1; length < 16; length += 1) starts[length + 1] = starts[length] + counts[length];
    const symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length > 0) symbols[starts[length]++] = symbol;
    });
    return { counts, symbols };
  };
  const symbol = ({ counts, symbols }) => {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; ; length += 1) {
      value |= take(1);
      const here = counts[length];
      if (value - first < here) return symbols[index + value - first];
      index += here;
      first = (first + here) << 1;
      value <<= 1;
    }
  };
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const MORE = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const codes = () => {
    const literals = take(5) + 257;
    const distances = take(5) + 1;
    const used = take(4) + 4;
    const own = new Uint8Array(19);
    for (let index = 0; index < used; index += 1) own[ORDER[index]] = take(3);
    const lengthCode = code(own);
    const lengths = new Uint8Array(literals + distances);
    for (let index = 0; index < lengths.length; ) {
      const next = symbol(lengthCode);
      if (next < 16) {
        lengths[index++] = next;
        continue;
      }
      const value = next === 16 ? lengths[index - 1] : 0;
      const times = next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
      lengths.fill(value, index, index + times);
      index += times;
    }
    return [code(lengths.subarray(0, literals)), code(lengths.subarray(literals))];
  };
  for (let last = 0; last === 0; ) {
    last = take(1);
    // The build writes no other blocks.
    if (take(2) !== 2) throw new Error("kaizala-actions: the module is damaged");
    const [literals, distances] = codes();
    for (;;) {
      const next = symbol(literals);
      if (next === 256) break;
      if (next < 256) {
        out[to++] = next;
        continue;
      }
      const length = LENGTHS[next - 257] + take(MORE[next - 257]);
      const far = symbol(distances);
      const back = far < 4 ? far + 1 : ((2 + (far & 1)) << ((far >> 1) - 1)) + 1 + take((far >> 1) - 1);
      for (const end = to + length; to < end; to += 1) out[to] = out[to - back];
    }
  }
  return out;
}
