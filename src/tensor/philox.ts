/** Four words of a counter, two of a key: any 32 bits each, read as unsigned. */
export type Counter = readonly [number, number, number, number]
export type PhiloxKey = readonly [number, number]

const rounds = 10

/** The high 32 bits of a product of two unsigned words, by halves of 16 bits: float64 holds none of its 64 exactly. */
const highWord = (a: number, b: number): number => {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff]
  const first = aHigh * bLow + (Math.imul(aLow, bLow) >>> 16) // below 2^32, as is the next
  const second = aLow * bHigh + (first & 0xffff)
  return aHigh * bHigh + (first >>> 16) + (second >>> 16)
}

/** Writes the block of four words of one counter to out[at .. at + 3]. */
const writeBlock = (out: Uint32Array, at: number, counter: Counter, key: PhiloxKey): void => {
  let [a, b, c, d] = counter
  let [k0, k1] = key
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(0xd2511f53, a)
    const high1 = highWord(0xcd9e8d57, c)
    const low0 = Math.imul(0xd2511f53, a)
    const low1 = Math.imul(0xcd9e8d57, c)
    a = high1 ^ b ^ k0
    b = low1
    c = high0 ^ d ^ k1
    d = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  out[at] = a
  out[at + 1] = b
  out[at + 2] = c
  out[at + 3] = d
}

/** Philox 4x32 with 10 rounds: four random words of a counter, lowest word first; other counters, other words.
 *  Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3". */
export const philox4x32 = (counter: Counter, key: PhiloxKey): Uint32Array => {
  const block = new Uint32Array(4)
  writeBlock(block, 0, counter, key)
  return block
}

/** The words from which TensorFlow's stateless random operations (version 1) make their numbers, in order. They
 *  depend on the seed alone, and a longer list begins with the shorter one.
 *  @param seed  two int32
 *  @param count from 0; up to 3 words more come, so that the last block is whole
 *  Source: GenerateKey of tensorflow/core/kernels/stateless_random_ops.cc, which draws key and counter from a block
 *  of the seed, and PhiloxRandom. Deviation: only counters below 2^32, so 2^34 words, which no array holds. */
export const statelessWords = (seed: readonly [number, number], count: number): Uint32Array => {
  const [first, second] = seed
  // Each int32 is widened to 64 bits with its sign.
  const widened = [first, first >> 31, second, second >> 31] as const
  const [k0, k1, c, d] = philox4x32(widened, [0x3ec8f720, 0x02461e29])
  const key = [k0, k1] as const
  const blocks = Math.ceil(count / 4)
  const words = new Uint32Array(4 * blocks)
  for (let block = 0; block < blocks; block++) writeBlock(words, 4 * block, [block, 0, c, d], key)
  return words
}

/** A word's low 23 bits as a number in [0, 1), exact in float32: what TensorFlow makes of a word. */
export const unitInterval = (word: number): number => (word & 0x7fffff) / 0x800000
