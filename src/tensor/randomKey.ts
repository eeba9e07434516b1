import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64"
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus"
import type { RandomGenerator } from "pure-rand/types/RandomGenerator"

/** Draws of one key, in order. Cheap to make, never shared between two uses. */
export interface Draws {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** Uniform integer in [0, count). */
  index(count: number): number
  /** Standard normal (Box-Muller). */
  normal(): number
  /** A new array with the items in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[]
}

/** A splittable random key: what is drawn depends on the path of names alone, never on order or workers. */
export interface Key {
  child(...names: readonly (string | number)[]): Key
  draws(): Draws
  /** Two int32 for TensorFlow's stateless random ops. */
  seedPair(): readonly [number, number]
}

type Words = readonly [number, number, number, number]

/** Four rounds of multiply-xor mixing of a text into four 32-bit words (the scheme known as cyrb128). */
const mix = (words: Words, text: string): Words => {
  let [a, b, c, d] = words
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  const all = a ^ b ^ c ^ d
  return [all | 0, (b ^ all) | 0, (c ^ all) | 0, (d ^ all) | 0]
}

const drawsOf = (random: RandomGenerator): Draws => {
  const uniform = () => uniformFloat64(random)
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    index: (count) => Math.floor(uniform() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (items) => {
      const result = [...items]
      for (let i = result.length - 1; i > 0; i--) {
        const j = Math.floor(uniform() * (i + 1))
        ;[result[i], result[j]] = [result[j]!, result[i]!]
      }
      return result
    },
  }
}

const fromWords = (words: Words): Key => ({
  child: (...names) =>
    // The type and a separator are mixed in, so that (1, 2) and (12) and ("1", 2) are different children.
    fromWords(names.reduce<Words>((state, name) => mix(state, `${typeof name}:${name}\u0000`), words)),
  draws: () => drawsOf(xoroshiro128plusFromState([words[0], words[1], words[2], words[3] | 1])),
  seedPair: () => [words[0] & 0x7fffffff, words[1] & 0x7fffffff],
})

/** The root of all randomness of a run. */
export const rootKey = (seed: number): Key =>
  fromWords(mix([1779033703, 3144134277, 1013904242, 2773480762], `seed:${seed}`))
