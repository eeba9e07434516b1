import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { branch, tensorAt } from "../../src/models/branch.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const tree = () => ({ conv: { kernel: tf.scalar(1) }, "0": { bias: tf.scalar(2) }, scale: tf.scalar(3) })

describe("branch", () => {
  it("is the tree below a name or a number, and an empty one where there is none", () => {
    const all = tree()
    expect(branch(all, "conv")).toBe(all.conv)
    expect(branch(all, 0)).toBe(all["0"])
    expect(branch(all, "missing")).toEqual({})
  })

  it("refuses a tensor", () => {
    expect(() => branch(tree(), "scale")).toThrow('expected a branch at "scale", found a tensor')
  })
})

describe("tensorAt", () => {
  it("is the tensor at a name", () => {
    const all = tree()
    expect(tensorAt(all, "scale")).toBe(all.scale)
  })

  it("refuses a branch, and what is missing, and names what is there", () => {
    expect(() => tensorAt(tree(), "conv")).toThrow('expected a tensor at "conv", found 0,conv,scale')
    expect(() => tensorAt(tree().conv, "bias")).toThrow('expected a tensor at "bias", found kernel')
  })
})
