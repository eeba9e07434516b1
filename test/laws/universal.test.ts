import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { holds } from "../../src/laws/claim.ts"
import { withInstance } from "../../src/laws/instance.ts"
import { equals } from "../../src/laws/limits.ts"
import { row } from "../../src/laws/lossCase.ts"
import { fallsAs, risesWith } from "../../src/laws/shape.ts"
import type { Options, Subject } from "../../src/laws/subject.ts"
import {
  deterministic,
  finite,
  gradientOfValue,
  leavesNothing,
  universalLaws,
} from "../../src/laws/universal.ts"
import { fixed, type Loss, type Truth } from "../../src/losses/loss.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { brier, check, obeys, p, subjectOf, tidy } from "./madeUpLosses.ts"

beforeAll(useJavascriptEngine)

const foundOf = (law: Parameters<typeof holds>[0], loss: Loss, subject = subjectOf(loss)) =>
  checkClaim(subject, holds(law), check).counterexample?.found

describe("universal laws", () => {
  it("are these four", () => {
    expect(universalLaws.map(({ name }) => name)).toEqual([
      ...["finite", "gradientOfValue", "deterministic", "leavesNothing"],
    ])
  })

  it("notice a gradient that changes while the value stays", () => {
    let calls = 0
    const restless = tf.customGrad((x) => ({
      value: tf.clone(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => [tf.mul(dy, ++calls)],
    }))
    expect(
      obeys(
        deterministic,
        tidy((z) => tf.mean(restless(z))),
      ),
    ).toBe(false)
  })

  it("show the slope that a wrong gradient gives beside the one that the values have", () => {
    const halved = tf.customGrad((x) => ({
      value: tf.clone(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => [tf.mul(dy, 0.5)],
    }))
    const found = foundOf(
      gradientOfValue,
      tidy((z) => tf.mean(halved(z))),
    )
    const [wrong, right] = [...found!.matchAll(/-?\d[\d.e-]*/g)].map(Number)
    expect(right! / wrong!).toBeCloseTo(2, 1)
  })

  it("name the first number that is not finite", () => {
    expect(
      foundOf(
        finite,
        tidy((z) => tf.div(tf.mean(z), 0)),
      ),
    ).toMatch(/^the value is (NaN|-?Infinity)$/)
    expect(
      foundOf(
        finite,
        tidy((z) => tf.mean(tf.sqrt(tf.mul(z, 0)))),
      ),
    ).toMatch(/^the gradient of logits, entry 0, is (NaN|Infinity)$/)
  })

  it("notice an input that is written to, and one that is disposed of", () => {
    const writing = fixed((z, { mask }) => {
      mask.dataSync()[0]! += 1
      return tf.tidy(() => tf.mean<tf.Scalar>(z))
    })
    expect(foundOf(leavesNothing, writing)).toBe("an input was changed")
    const disposing = fixed((z, { distance }) => {
      distance?.dispose()
      return tf.tidy(() => tf.mean<tf.Scalar>(z))
    })
    const needing = {
      ...subjectOf(disposing),
      build: () => ({ ...disposing, needs: { second: false, distance: true } }),
    }
    expect(foundOf(leavesNothing, disposing, needing)).toBe("an input was disposed of")
    const kept: tf.Tensor[] = []
    const keeping = fixed((z) => {
      kept.push(tf.keep(tf.square(z)), tf.keep(tf.square(z)))
      return tf.tidy(() => tf.mean<tf.Scalar>(z))
    })
    expect(foundOf(leavesNothing, keeping)).toBe("2 tensors more than before")
    tf.dispose(kept)
  })

  it("leave no tensor themselves, whether they hold or not", () => {
    const before = tf.memory().numTensors
    for (const law of universalLaws) {
      obeys(law, brier)
      obeys(
        law,
        tidy((z) => tf.div(tf.mean(z), 0)),
      )
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe("an instance", () => {
  const learned: Subject = {
    ...subjectOf(brier),
    build: ({ times }: Options) => ({
      ...brier,
      init: () => ({ scale: tf.scalar(2) }),
      apply: (params, z, { mask }) =>
        tf.tidy(() =>
          tf.mul(tf.mul(params.scale as tf.Scalar, times as number), tf.mean<tf.Scalar>(tf.sub(p(z), mask))),
        ) as tf.Scalar,
    }),
  }
  const of = row([0], [0])

  it("uses the parameters that the loss starts with, and frees them, also when it is thrown at", () => {
    const before = tf.memory().numTensors
    const value = withInstance(learned, { times: 3 }, (loss) => {
      expect(tf.memory().numTensors).toBe(before + 1)
      expect(loss.options).toEqual({ times: 3 })
      return loss.value(of)
    })
    expect(value).toBe(3)
    expect(() =>
      withInstance(learned, { times: 3 }, () => {
        throw new Error("mine")
      }),
    ).toThrow("mine")
    expect(tf.memory().numTensors).toBe(before)
  })

  it("gives value and gradient together, and the value with other options", () => {
    const before = tf.memory().numTensors
    const found = withInstance(learned, { times: 3, other: "x" }, (loss) => [
      loss.valueAndGradient(of),
      loss.valueWith({ times: 5 }, of),
    ])
    // 2 x 3 x 0.5, with the sigmoid's slope of a quarter; 2 x 5 x 0.5.
    expect(found).toEqual([{ value: 3, gradient: [1.5] }, 5])
    expect(tf.memory().numTensors).toBe(before)
  })

  it("hands on of the truth what the loss needs, and no more", () => {
    const seen: string[][] = []
    const looking = fixed((z, truth: Truth) => {
      seen.push(Object.keys(truth))
      return tf.tidy(() => tf.mean<tf.Scalar>(z))
    })
    for (const [second, distance] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const subject = { ...subjectOf(looking), build: () => ({ ...looking, needs: { second, distance } }) }
      withInstance(subject, {}, (loss) => loss.value(of))
    }
    expect(seen).toEqual([["mask"], ["mask", "second"], ["mask", "distance"], ["mask", "second", "distance"]])
  })
})

describe("laws of options", () => {
  const affine: Subject = {
    ...subjectOf(brier),
    options: fc.record({ gain: fc.constantFrom(0, 1, 2), name: fc.constantFrom("a", "b") }),
    build: ({ gain }: Options) => tidy((z, y) => tf.add(tf.mul(brierOf(z, y), gain as number), 0.25)),
  }
  const brierOf = (z: tf.Tensor4D, y: tf.Tensor4D) => tf.mean(tf.squaredDifference(p(z), y))

  it("compare with a multiple of another loss and something more, for the options drawn", () => {
    const law = (more: number) =>
      equals<{ gain: number }>({
        ...{ name: "affine", says: "It is gain times the Brier score and a quarter.", set: {} },
        other: ({ gain }) => ({ loss: brier, times: gain, plus: more }),
      })
    expect(obeys(law(0.25), brier, affine)).toBe(true)
    expect(obeys(law(0.2501), brier, affine)).toBe(false)
    const plain = equals({ name: "plain", says: "", set: {}, other: () => ({ loss: brier }) })
    expect(obeys(plain, brier, subjectOf(brier))).toBe(true)
    expect([law(0).name, law(0).says]).toEqual(["affine", "It is gain times the Brier score and a quarter."])
  })

  it("compare on the cases that they are about", () => {
    const agreed = fc.constant(row([3, -3], [1, 0]))
    const law = equals({
      ...{ name: "flat", says: "", set: { gain: 0 }, cases: () => agreed },
      other: () => ({ loss: tidy((z) => tf.cast(tf.equal(z.size, 2), "float32")), times: 0.25 }),
    })
    expect(obeys(law, brier, affine)).toBe(true)
  })

  it("say of which values of the option which loss came", () => {
    const falling: Subject = {
      ...affine,
      options: fc.record({ gain: fc.constantFrom(1, 2) }),
      build: ({ gain }: Options) => tidy(() => tf.scalar(3 - (gain as number))),
    }
    expect(foundOf(risesWith("gain"), brier, falling)).toBe("2 with gain 1, 1 with 2")
    expect(risesWith("gain").says).toBe("The loss does not fall as gain rises.")
    // Options that are no numbers, and equal ones, have no order.
    expect(obeys(risesWith("name"), brier, affine)).toBe(true)
    expect(obeys(risesWith("gain"), brier, { ...falling, options: fc.constant({ gain: 1 }) })).toBe(true)
  })

  it("allow float32's rounding of the two values, and no more", () => {
    const drifting = (drift: number): Subject => ({
      ...affine,
      options: fc.record({ gain: fc.constantFrom(0, 1) }),
      build: ({ gain }: Options) => tidy(() => tf.scalar(1 + drift * (gain as number))),
    })
    for (const [law, drift] of [
      [risesWith("gain"), -1e-5],
      [fallsAs("gain"), 1e-5],
    ] as const) {
      expect(obeys(law, brier, drifting(drift * 0.95))).toBe(true)
      expect(obeys(law, brier, drifting(drift * 1.15))).toBe(false)
      expect(obeys(law, brier, drifting(-drift * 100))).toBe(true)
    }
  })
})
