import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { childKey } from "../../src/tensor/childKey.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

/** Words of the key at the end of a path of indices. */
const words = (key: readonly [number, number], ...path: readonly number[]): number[] =>
  tf.tidy(() => [...path.reduce(childKey, tf.tensor1d([...key], "int32")).dataSync()])

describe("childKey", () => {
  it("multiplies each word and adds the one-based index, modulo 2^32", () => {
    expect(words([2, 3], 0)).toEqual([2 * 69069 + 1, 3 * 1664525 + 1])
    // In exact integers; asIntN keeps the low 32 bits, as the engine does.
    const [first, second] = [2147483647, -2147483648]
    const low = (value: bigint) => Number(BigInt.asIntN(32, value))
    expect(words([first, second], 4)).toEqual([
      low(BigInt(first) * 69069n + 5n),
      low(BigInt(second) * 1664525n + 5n),
    ])
  })

  it("gives every path of indices a key of its own", () => {
    const paths = [[0], [1], [2], [0, 0], [0, 1], [1, 0], [1, 1], [0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
    for (const key of [
      [0, 0],
      [17, 40],
      [2147483647, 1],
    ] as const)
      expect(new Set(paths.map((path) => String(words(key, ...path)))).size).toBe(paths.length)
  })
})
