import { describe, expect, it } from "vitest"
import { checkPairs } from "../../src/scoring/checkPairs.ts"
import type { Pair } from "../../src/scoring/pairFiles.ts"
import type { ScoringOptions } from "../../src/scoring/scorePair.ts"
import { scorePairs } from "../../src/scoring/scorePairs.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"
import { allMetrics } from "./options.ts"

const write = useFolder()

const scores = async (
  predictions: Readonly<Record<string, Uint8Array>>,
  options: Partial<ScoringOptions> = {},
  onDone: (name: string) => void = () => {},
) => {
  const files = Object.entries(predictions).map(
    ([name, bytes]): Pair => ({
      case: name,
      prediction: write(`p/${name}.nii`, bytes),
      reference: write(`r/${name}.nii`, drawn([["##.."]])),
    }),
  )
  const { pairs } = await checkPairs(files, { agreement: "geometry", pngSpacingMm: null })
  return scorePairs(pairs, {
    options: { ...allMetrics, ...options },
    jobs: 2,
    onDone: (pair) => onDone(pair.case),
    signal: new AbortController().signal,
  })
}

const good = drawn([["#..."]])

describe("scorePairs", () => {
  it("scores every pair and says which is done", async () => {
    const done: string[] = []
    const found = await scores({ a: good, b: drawn([["##.."]]) }, {}, (name) => done.push(name))
    expect(found.map((score) => [score.case, score.values.dice])).toEqual([
      ["a", 2 / 3],
      ["b", 1],
    ])
    expect(done).toEqual(["a", "b"])
  })

  it("tells the problems of all pairs after it has read all of them", async () => {
    const half = drawn([["#..."]], { scaling: [0.5, 0] })
    const done: string[] = []
    const { kind, problems } = await refusal(
      scores({ a: half, b: good, c: drawn([["012."]]) }, {}, (name) => done.push(name)),
    )
    expect(kind).toBe("data")
    expect(problems).toMatchObject([
      { message: "the mask holds fractions", file: "p/a.nii", path: "case a" },
      { message: "the mask holds more than 0 and one other value", file: "p/c.nii", path: "case c" },
    ])
    expect(done).toEqual(["a", "b", "c"])
  })

  it("refuses labels that no mask has, and masks that do not agree on theirs", async () => {
    expect((await refusal(scores({ a: good }, { labels: [1, 2] }))).problems).toMatchObject([
      { message: "no mask holds the label 2" },
    ])
    const other = drawn([["2..."]])
    expect((await refusal(scores({ a: good, b: other }))).problems).toMatchObject([
      { found: "1 in a; 2 in b" },
    ])
  })
})
