import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { nearest } from "../../src/failure/suggestion.ts"

describe("nearest", () => {
  const cases: readonly (readonly [
    word: string,
    candidates: readonly string[],
    meant: string | undefined,
  ])[] = [
    ["gama", ["gamma", "alpha", "kernel"], "gamma"], // one letter missing
    ["kenrel", ["gamma", "alpha", "kernel"], "kernel"], // neighbours swapped: one slip
    ["batch_size", ["batchSize", "epochs"], "batchSize"],
    ["AGBCE", ["agBce", "bce"], "agBce"], // case does not count
    ["adaptivFocl", ["adaptiveFocal", "pyTorchFocal"], "adaptiveFocal"],
    ["hardWieght2", ["hardWeight"], "hardWeight"], // a swap and one too many
    ["dise", ["dice", "disc"], undefined], // two are equally near
    ["lr", ["on", "learningRate"], undefined],
    ["bce", ["dice"], undefined], // two slips are too many for four letters
    ["gamma", [], undefined],
    ["", ["a", "bc"], undefined],
    ["x".repeat(100_000), ["gamma"], undefined],
  ]
  it.each(cases)("takes %j among %j for %j", (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant)
  })

  it("takes the nearest of several, wherever it stands", () => {
    expect(nearest("weight", ["weights2", "weights", "wieghts"])).toBe("weights")
    expect(nearest("weight", ["weights", "weights2"])).toBe("weights")
  })

  it("takes one slip for every three letters of the longer word, and three at most", () => {
    expect(nearest("ab", ["ax"])).toBeUndefined()
    expect(nearest("abc", ["abx"])).toBe("abx")
    expect(nearest("ab", ["abx"])).toBe("abx")
    expect(nearest("abcde", ["abcxy"])).toBeUndefined()
    expect(nearest("abcdef", ["abcdxy"])).toBe("abcdxy")
    expect(nearest("abcdefghijklmno", ["abcdefghijklwxyz"])).toBeUndefined()
  })

  const word = "abcdefghijklmnopqrst"
  /** One slip at each of these places, no two of them neighbours. */
  const slips = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 })), {
    ...{ minLength: 1, maxLength: 3, selector: ([place]) => place },
  })
  test.prop([slips])("takes a word for what it was before three slips of any kind", (made) => {
    let text = word
    for (const [place, kind] of made.toSorted(([a], [b]) => b - a)) {
      const at = 3 * place
      const [before, one, two, after] = [text.slice(0, at), text[at]!, text[at + 1]!, text.slice(at + 2)]
      text = before + [two, `9${one}${two}`, `9${two}`, two + one][kind]! + after
    }
    expect(nearest(text, [word, "something else"])).toBe(word)
    expect(nearest(word, [text])).toBe(text)
  })

  test.prop([fc.uniqueArray(fc.integer({ min: 0, max: 19 }), { minLength: 4, maxLength: 20 })])(
    "takes a word for nothing after four slips",
    (places) => {
      const text = [...word].map((letter, i) => (places.includes(i) ? "9" : letter)).join("")
      expect(nearest(text, [word])).toBeUndefined()
    },
  )
})
