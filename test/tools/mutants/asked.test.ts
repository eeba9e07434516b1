import { describe, expect, it } from "vitest"
import { askedFor } from "../../../tools/mutants/asked.ts"

const all = ["src/data/once.ts", "src/main.ts", "src/metrics/dice.ts", "src/metrics/iou.ts"]

const filesOf = (...args: string[]) => askedFor(args, all)?.files

describe("askedFor", () => {
  it("takes every file unless places are given, each once", () => {
    expect(filesOf()).toEqual(all)
    expect(filesOf("metrics", "src/metrics/dice.ts")).toEqual(["src/metrics/dice.ts", "src/metrics/iou.ts"])
    expect(filesOf("src/metrics/")).toEqual(["src/metrics/dice.ts", "src/metrics/iou.ts"])
    expect(filesOf("main.ts", "data")).toEqual(["src/data/once.ts", "src/main.ts"])
    expect(filesOf("src")).toEqual(all)
  })

  it("takes numbers and their defaults", () => {
    expect(askedFor(["metrics"], all)).toMatchObject({ sample: undefined, seed: 1, jobs: 2, record: false })
    expect(askedFor(["--sample", "20", "--seed", "3", "--jobs", "1", "--record"], all)).toMatchObject({
      ...{ sample: 20, seed: 3, jobs: 1, record: true },
    })
    expect(askedFor(["--help"], all)).toBeNull()
  })

  it.each([
    [["metrics", "typo"], "no file of src/ is at typo"],
    [["../package.json"], "no file of src/ is at ../package.json"],
    [["--sample", "x"], "--sample takes a whole number from 1 on, not x"],
    [["--jobs", "0"], "--jobs takes a whole number from 1 on, not 0"],
    [["--bogus"], "Unknown option '--bogus'"],
    [["metrics/dice.ts", "--record"], "--record keeps whole rooms, and src/metrics/iou.ts of metrics is not"],
  ])("refuses %j", (args, message) => {
    expect(() => askedFor(args, all)).toThrow(message)
  })
})
