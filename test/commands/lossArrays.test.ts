import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { readLossArrays } from "../../src/commands/lossArrays.ts"
import { writeNpy } from "../../src/data/files/npy.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

let folder = ""
beforeEach(async () => {
  folder = await temporaryFolder()
})

type Values = Float32Array | Float64Array | Uint8Array

const saved = async (name: string, shape: readonly number[], data: Values): Promise<string> => {
  const file = join(folder, name)
  await writeFile(file, writeNpy({ shape, data }))
  return file
}

const size = 2 * 3 * 4
/** Zeros, but for one value. */
const but = (at: number, value: number): Float64Array => {
  const values = new Float64Array(size)
  values[at] = value
  return values
}
const logits = () => saved("z.npy", [2, 3, 4], but(0, 0.5))
const mask = (name: string, shape: readonly number[] = [2, 3, 4]) =>
  saved(name, shape, Uint8Array.from(but(5, 1)))

const problemsOf = async (files: Parameters<typeof readLossArrays>[0]) => {
  const { kind, problems } = await refusal(readLossArrays(files))
  expect(kind).toBe("data")
  return problems.map((problem) => ({ ...problem, file: problem.file?.slice(folder.length + 1) }))
}

describe("readLossArrays", () => {
  it("reads the arrays row by row, with a channel for the tensors", async () => {
    const files = {
      logits: await saved("z.npy", [1, 2, 3], Float32Array.of(1, 2, 3, 4, 5, 6)),
      target: await saved("y.npy", [1, 2, 3, 1], Uint8Array.of(0, 1, 0, 0, 0, 1)),
    }
    expect(await readLossArrays(files)).toEqual({
      shape: [1, 2, 3, 1],
      logits: { values: Float32Array.of(1, 2, 3, 4, 5, 6), dtype: "f4", shape: [1, 2, 3] },
      target: { values: Float32Array.of(0, 1, 0, 0, 0, 1), dtype: "u1", shape: [1, 2, 3, 1] },
    })
    const second = await saved("n.npy", [1, 2, 3], Float64Array.of(1, 1, 0, 0, 0, 1))
    expect((await readLossArrays({ ...files, second })).second).toEqual({
      ...{ values: Float32Array.of(1, 1, 0, 0, 0, 1), dtype: "f8", shape: [1, 2, 3] },
    })
  })

  it.each([
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [1e39, "1e+39"], // infinite in float32
  ])("says where the logits are not finite: %d", async (value, found) => {
    // 2 rows and 3 columns into the second image: 12 + 8 + 3.
    const target = await mask("y.npy")
    const wide = await saved("z.npy", [2, 3, 4], but(23, value))
    const problem = { message: "the logits are not finite", expected: "finite numbers", file: "z.npy" }
    expect(await problemsOf({ logits: wide, target })).toEqual([
      { ...problem, found: `${found} at [1, 2, 3]` },
    ])
    const deep = await saved("z.npy", [2, 3, 4, 1], but(17, value))
    // 12 + 4 + 1
    expect(await problemsOf({ logits: deep, target })).toEqual([
      { ...problem, found: `${found} at [1, 1, 1, 0]` },
    ])
  })

  it("takes the largest logit that float32 holds", async () => {
    const files = { logits: await saved("z.npy", [2, 3, 4], but(0, 3.4e38)), target: await mask("y.npy") }
    expect((await readLossArrays(files)).logits.values[0]).toBe(Math.fround(3.4e38))
  })

  it.each([2, -1, 0.5, Number.NaN])("says where a mask is neither 0 nor 1: %d", async (value) => {
    const file = await saved("y.npy", [2, 3, 4], but(6, value))
    const problem = { message: "the mask holds more than 0 and 1", expected: "0 outside, 1 inside" }
    const found = `${value} at [0, 1, 2]`
    expect(await problemsOf({ logits: await logits(), target: file })).toEqual([
      { ...problem, file: "y.npy", found },
    ])
    expect(
      await problemsOf({ logits: await logits(), target: await mask("right.npy"), second: file }),
    ).toEqual([{ ...problem, file: "y.npy", found }])
  })

  it("compares the shapes of both masks with the logits', channels aside", async () => {
    const swapped = await mask("n.npy", [3, 2, 4, 1])
    const problem = {
      message: "the shapes of mask and logits differ",
      file: "n.npy",
      expected: `[2, 3, 4] as in ${join(folder, "z.npy")}`,
      found: "[3, 2, 4]",
    }
    expect(await problemsOf({ logits: await logits(), target: swapped })).toEqual([problem])
    expect(
      await problemsOf({ logits: await logits(), target: await mask("y.npy"), second: swapped }),
    ).toEqual([problem])
  })

  it.each([
    [[24], "the array is not a batch of images"],
    [[6, 4], "the array is not a batch of images"],
    [[2, 3, 2, 2], "the array is not a batch of images"],
    [[2, 3, 2, 2, 1], "the array is not a batch of images"],
    [[2, 0, 4], "the array is empty"],
    [[2, 3, 4, 0], "the array is not a batch of images"],
  ])("refuses arrays of the shape %j", async (shape, message) => {
    const data = new Float64Array(shape.reduce((product, side) => product * side, 1))
    const file = await saved("z.npy", shape, data)
    const problems = await problemsOf({ logits: file, target: await mask("y.npy") })
    expect(problems[0]).toEqual({
      message,
      file: "z.npy",
      expected: "shape [B, H, W] or [B, H, W, 1]",
      found: `shape [${shape.join(", ")}]`,
    })
    const target = await saved("y.npy", shape, data)
    expect((await problemsOf({ logits: await logits(), target }))[0]).toMatchObject({
      message,
      file: "y.npy",
    })
  })

  it("refuses logits that are no floating-point numbers", async () => {
    const file = await saved("z.npy", [2, 3, 4], Uint8Array.from(but(0, 1)))
    expect(await problemsOf({ logits: file, target: await mask("y.npy") })).toEqual([
      {
        message: "the logits are not floating-point numbers",
        file: "z.npy",
        expected: "f4 or f8 (float32 or float64)",
        found: "u1",
      },
    ])
  })
})
