import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { complementaryOffHalf } from "../../src/laws/complementaryOffHalf.ts"
import { onHardMasks } from "../../src/laws/hardMasks.ts"
import { linearInProbability } from "../../src/laws/linearInProbability.ts"
import type { Options, Subject } from "../../src/laws/subject.ts"
import { complementWith, swapWith } from "../../src/laws/symmetry.ts"
import { fixed, type Loss } from "../../src/losses/loss.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { brier, named, obeys, p, subjectOf, tidy } from "./madeUpLosses.ts"

beforeAll(useJavascriptEngine)

/** alpha times the error where the mask is 1, 1 - alpha where it is 0. */
const weighted: Subject = {
  ...subjectOf(brier),
  options: fc.record({ alpha: fc.constantFrom(0.25, 0.5, 0.875) }),
  build: ({ alpha }: Options) => {
    const [inside, outside] = [alpha as number, 1 - (alpha as number)]
    const weight = (y: tf.Tensor4D) => tf.add(tf.mul(y, inside), tf.mul(tf.sub(1, y), outside))
    return tidy((z, y) => tf.mean(tf.mul(weight(y), tf.abs(tf.sub(p(z), y)))))
  },
}

const exchanged = ({ alpha }: { readonly alpha: number }) => ({ alpha: 1 - alpha })

describe("complementWith", () => {
  it("changes the options along with foreground and background", () => {
    const law = complementWith("c", ", alpha with 1 - alpha", exchanged)
    expect(law.says).toBe(
      "The loss stays the same when foreground and background are exchanged, alpha with 1 - alpha.",
    )
    expect(obeys(law, brier, weighted)).toBe(true)
    expect(obeys(named("complementary"), brier, weighted)).toBe(false)
    expect(
      obeys(
        complementWith("c", "", () => ({ alpha: 0.5 })),
        brier,
        weighted,
      ),
    ).toBe(false)
  })
})

describe("swapWith", () => {
  /** alpha times what the prediction has too much, 1 - alpha times what it lacks. */
  const asymmetric: Subject = {
    ...weighted,
    build: ({ alpha }: Options) => {
      const [more, less] = [alpha as number, 1 - (alpha as number)]
      const extra = (a: tf.Tensor, b: tf.Tensor) => tf.mean(tf.mul(a, tf.sub(1, b)))
      return tidy((z, y) => tf.add(tf.mul(more, extra(p(z), y)), tf.mul(less, extra(y, p(z)))))
    },
  }

  it("changes the options along with prediction and mask", () => {
    const law = swapWith("s", ", alpha with 1 - alpha", exchanged)
    expect(law.says).toBe(
      "The loss stays the same when a certain prediction and the mask are exchanged, alpha with 1 - alpha.",
    )
    expect(obeys(law, brier, asymmetric)).toBe(true)
    expect(obeys(named("swappable"), brier, asymmetric)).toBe(false)
  })
})

describe("mirrored", () => {
  const topRow: Loss = tidy((z, y) =>
    tf.mean(tf.squaredDifference(p(z), y).slice([0, 0, 0, 0], [-1, 1, -1, -1])),
  )
  const leftColumn: Loss = tidy((z, y) =>
    tf.mean(tf.squaredDifference(p(z), y).slice([0, 0, 0, 0], [-1, -1, 1, -1])),
  )

  it("looks at both directions", () => {
    expect(obeys(named("mirrored"), topRow)).toBe(false)
    expect(obeys(named("mirrored"), leftColumn)).toBe(false)
    expect(
      obeys(
        named("mirrored"),
        tidy((z, y) => tf.mean(tf.squaredDifference(tf.max(z, [1, 2]), tf.max(y, [1, 2])))),
      ),
    ).toBe(true)
  })
})

describe("translated", () => {
  it("moves both ways along rows and columns, and needs no room at the edge", () => {
    /** Of certain background nothing is left, so that only pixels near the content count; then weighed by place. */
    const weighedBy = (axis: 1 | 2): Loss =>
      tidy((z) => {
        const length = z.shape[axis]
        const place = tf.range(0, length).reshape(axis === 1 ? [1, length, 1, 1] : [1, 1, length, 1])
        return tf.mean(tf.mul(p(z), place))
      })
    expect(obeys(named("translated"), weighedBy(1))).toBe(false)
    expect(obeys(named("translated"), weighedBy(2))).toBe(false)
    // What lies within two pixels of the content is moved along whole.
    const blurred = tidy((z, y) => tf.mean(tf.squaredDifference(tf.avgPool(p(z), 5, 1, "same"), y)))
    expect(obeys(named("translated"), blurred)).toBe(true)
    // Every image and annotation goes along: their product stays what it is.
    const together = fixed((z, { mask, second }) =>
      tf.tidy(() => tf.mean<tf.Scalar>(tf.mul(p(z), tf.mul(mask, second!)))),
    )
    const needing = {
      ...subjectOf(together),
      build: () => ({ ...together, needs: { second: true, distance: false } }),
    }
    expect(obeys(named("translated"), together, needing)).toBe(true)
  })
})

describe("linearInProbability", () => {
  it("tells a loss that is a mean of probabilities from one that bends", () => {
    const error = tidy((z, y) => tf.mean(tf.abs(tf.sub(p(z), y))))
    expect(obeys(linearInProbability, error)).toBe(true)
    expect(obeys(linearInProbability, brier)).toBe(false)
    expect(
      obeys(
        linearInProbability,
        tidy((z) => tf.mean(z)),
      ),
    ).toBe(false)
  })
})

describe("complementaryOffHalf", () => {
  it("is for losses that cut probabilities at a half, which complementary is too strict for", () => {
    // At exactly 0 the cut falls on one side.
    const cut = tidy((z, y) => tf.mean(tf.abs(tf.sub(tf.cast(tf.greaterEqual(z, 0), "float32"), y))))
    expect(obeys(complementaryOffHalf, cut)).toBe(true)
    const atThird = tidy((z, y) => tf.mean(tf.abs(tf.sub(tf.cast(tf.greaterEqual(z, -0.7), "float32"), y))))
    expect(obeys(complementaryOffHalf, atThird)).toBe(false)
  })
})

describe("onHardMasks", () => {
  it("is the law on masks of 0 and 1 alone, under a name of its own", () => {
    const law = onHardMasks(named("nonNegative"))
    expect([law.name, law.says]).toEqual([
      "nonNegativeOnHardMasks",
      "The loss is never negative, for masks in {0, 1}.",
    ])
    // 0 at 0 and 1, and below in between.
    const dips = tidy((_, y) => tf.mean(tf.mul(y, tf.sub(y, 1))))
    const soft: Subject = { ...subjectOf(dips), softMask: true }
    expect(obeys(named("nonNegative"), dips, soft)).toBe(false)
    expect(obeys(law, dips, soft)).toBe(true)
  })
})
