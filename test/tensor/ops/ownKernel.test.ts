import * as tf from "@tensorflow/tfjs-core"
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  ofFirstOutput,
  registerOwnGradient,
  registerOwnKernel,
  runOwnKernel,
} from "../../../src/tensor/ops/ownKernel.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const name = "LosslabOfThisTest"

describe("a kernel of our own", () => {
  afterEach(() => {
    for (const engine of ["cpu", "tensorflow"])
      if (tf.getKernel(name, engine) !== undefined) tf.unregisterKernel(name, engine)
    if (tf.getGradient(name) !== undefined) tf.unregisterGradient(name)
  })

  it("is there on every engine, gets inputs by name and attributes, and gives all its outputs", () => {
    registerOwnKernel(name, ({ a, b }, { factor }) => [tf.sub(a!, tf.mul(b!, factor!)), tf.neg(a!)])
    expect(tf.getKernel(name, "tensorflow")).toBeDefined()
    const [a, b] = [tf.scalar(7), tf.scalar(2)]
    const before = tf.memory().numTensors
    const outputs = runOwnKernel(name, { a, b }, { factor: 3 })
    expect(outputs.map((output) => output.dataSync()[0])).toEqual([1, -7])
    // The product is freed.
    expect(tf.memory().numTensors).toBe(before + 2)
  })

  it("has no attributes where none are given", () => {
    registerOwnKernel(name, ({ a }, attributes) => [tf.add(a!, Object.keys(attributes).length)])
    expect(
      tf
        .engine()
        .runKernel<tf.Tensor[]>(name, { a: tf.scalar(7) })[0]!
        .dataSync()[0],
    ).toBe(7)
  })

  it("stays what it was when it is registered again, and so does its gradient", () => {
    registerOwnKernel(name, ({ a }) => [tf.mul(a!, 2)])
    registerOwnKernel(name, ({ a }) => [tf.mul(a!, 5)])
    registerOwnGradient({ kernelName: name, gradFunc: (dys) => ({ a: () => tf.mul(ofFirstOutput(dys), 2) }) })
    registerOwnGradient({ kernelName: name, gradFunc: (dys) => ({ a: () => tf.mul(ofFirstOutput(dys), 5) }) })
    const run = (a: tf.Tensor) => runOwnKernel(name, { a }, {})[0]!
    expect(run(tf.scalar(3)).dataSync()[0]).toBe(6)
    expect(tf.grad(run)(tf.scalar(3)).dataSync()[0]).toBe(2)
  })

  it("does not take the place of what an engine has already", () => {
    tf.registerKernel({ kernelName: name, backendName: "tensorflow", kernelFunc: () => [] })
    const own = tf.getKernel(name, "tensorflow")
    registerOwnKernel(name, ({ a }) => [tf.mul(a!, 2)])
    expect(tf.getKernel(name, "tensorflow")).toBe(own)
    expect(tf.getKernel(name, "cpu")).toBeDefined()
  })
})

describe("ofFirstOutput", () => {
  it("is the gradient of the first of several outputs, or of the only one", () => {
    const [first, second] = [tf.scalar(1), tf.scalar(2)]
    expect(ofFirstOutput([first, second])).toBe(first)
    expect(ofFirstOutput(second)).toBe(second)
  })
})
