import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { NotTraceable } from "../../../src/engine/tensorflow/notTraceable.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

/** What is found where it is noticed inside of this operation. */
const foundIn = (call: (notice: () => void) => void, make: () => NotTraceable): string => {
  let found = ""
  tf.tidy(() =>
    call(() => {
      found = make().problem.found!
    }),
  )
  return found
}

/** An operation of tfjs whose kernel notices. */
const inScope =
  (...names: readonly string[]) =>
  (notice: () => void): void => {
    const enter = ([name, ...inner]: readonly string[]): void => {
      if (name === undefined) notice()
      else tf.tidy(name, () => enter(inner))
    }
    enter(names)
  }

describe("NotTraceable", () => {
  it.each([
    ["read", NotTraceable.read(), true],
    ["shape", NotTraceable.shape("Where"), true],
    ["closedOver", NotTraceable.closedOver(), true],
    ["kept", NotTraceable.kept(2), false],
    ["changing", NotTraceable.changing("a", "b"), false],
    ["random", NotTraceable.random(), false],
    ["hostNumber", NotTraceable.hostNumber("at.rate", 0.1), false],
  ])("%s says whether it is right operation by operation, and what to do", (_, why, runsEagerly) => {
    expect(why).toBeInstanceOf(Error)
    expect(why).toMatchObject({ _tag: "NotTraceable", name: "NotTraceable" })
    expect(why.runsEagerly).toBe(runsEagerly)
    expect(why.message).toBe(why.problem.message)
    for (const part of [why.problem.found, why.problem.expected, why.problem.fix]) expect(part).toMatch(/\w/)
  })

  it("names what it was about", () => {
    expect(NotTraceable.kept(2).problem.found).toBe("2 of them, kept with tf.keep or tf.variable")
    expect(NotTraceable.changing("Add(1)", "Sub(1)").problem.found).toBe(
      "Add(1) in one call, Sub(1) in the next",
    )
    expect(NotTraceable.hostNumber("at.rate", 0.1).problem).toMatchObject({
      message: "the argument at.rate is a number of the host",
      found: "0.1, which would stay what it is at the first call",
    })
  })

  it("names the outermost operation at work, as people write it", () => {
    const read = () => NotTraceable.read()
    expect(foundIn(inScope("topk", "dataSync"), read)).toBe("tf.topk, or another read to the host")
    expect(foundIn(inScope("gather__op"), read)).toBe("tf.gather, or another read to the host")
    expect(foundIn(inScope("gather_"), read)).toBe("tf.gather, or another read to the host")
    // What differentiates, and scopes without a name that people know, are passed over.
    expect(foundIn(inScope("forward", "backward", "mean"), read)).toBe("tf.mean, or another read to the host")
    expect(foundIn(inScope("forwards"), read)).toBe("tf.forwards, or another read to the host")
    expect(foundIn(inScope("a scope", "sum"), read)).toBe("tf.sum, or another read to the host")
    expect(foundIn(inScope("unique"), () => NotTraceable.shape("Unique"))).toBe(
      "tf.unique (TensorFlow's Unique)",
    )
    expect(foundIn(inScope("add"), () => NotTraceable.closedOver())).toMatch(
      /^tf\.add of a tensor that was made/,
    )
    expect(foundIn(inScope("dropout"), () => NotTraceable.random())).toMatch(/^tf\.dropout, whose draw/)
  })

  it("says something general where no operation is at work", () => {
    expect(NotTraceable.read().problem.found).toBe("dataSync, or another read to the host")
    expect(NotTraceable.shape("Where").problem.found).toBe("Where (TensorFlow's Where)")
    expect(NotTraceable.closedOver().problem.found).toMatch(/^an operation of a tensor/)
    expect(NotTraceable.random().problem.found).toMatch(/^Math\.random, whose draw/)
  })

  it("names the file of a user's, and stays what it was", () => {
    for (const why of [NotTraceable.read(), NotTraceable.random()]) {
      const inFile = why.inFile("myLoss.ts")
      expect(inFile).toBeInstanceOf(NotTraceable)
      expect(inFile.problem).toEqual({ ...why.problem, file: "myLoss.ts" })
      expect(inFile.runsEagerly).toBe(why.runsEagerly)
      expect(why.problem.file).toBeUndefined()
    }
  })
})
