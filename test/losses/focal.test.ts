import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { focal } from "../../src/losses/focal.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual = focal({ alpha: 0.25, gamma: 2 })

describe("focal", () => {
  it("weighs the classes by alpha and 1 - alpha, and pixels by how wrong they are", () => {
    // z = log 3: p = 3/4. Truth 1: 0.25 (1/4)^2 log(4/3). Truth 0: 0.75 (3/4)^2 log 4.
    const foreground = (0.25 / 16) * Math.log(4 / 3)
    const background = ((0.75 * 9) / 16) * Math.log(4)
    const found = lossValue(usual, row([Math.log(3), Math.log(3)], [1, 0]))
    expectClose(found, (foreground + background) / 2, { relative: 1e-6 })
  })

  it("weighs both by 1 when alpha is off", () => {
    const found = lossValue(focal({ alpha: "off", gamma: 2 }), row([Math.log(3)], [1]))
    expectClose(found, Math.log(4 / 3) / 16, { relative: 1e-6 })
  })

  it("has a gradient through the focus, too", () => {
    // d/dz (1 - p)^g (-log p) = -(1 - p)^g (g p (-log p) + 1 - p); at z = 0, g = 1: -(log(2) / 2 + 1 / 2) / 2
    const { gradient } = lossValueAndGradient(focal({ alpha: "off", gamma: 1 }), row([0], [1]))
    expectClose(gradient, [-(Math.LN2 + 1) / 4], { relative: 1e-6 })
  })

  it("mixes the classes' losses for a soft mask", () => {
    // z = 0: both cost log(2) / 4; half of 0.25 and half of 0.75 of it
    expectClose(lossValue(usual, row([0], [0.5])), Math.LN2 / 8, { relative: 1e-6 })
  })

  it("has a finite slope with an exponent below 1 where p rounds to 1", () => {
    // With e = exp(-30), all but exactly 1 - p and -log p: -sqrt(e) (0.5 e + e) = -1.5 e^1.5 = -4.29e-20.
    // A naive power gives NaN here: 0^-0.5 times 0.
    const { value, gradient } = lossValueAndGradient(
      focal({ alpha: "off", gamma: 0.5 }),
      row([30, 1e4, -1e4], [1, 1, 1]),
    )
    expectClose(value, 1e4 / 3, { relative: 1e-6 })
    expectClose(gradient, [-0.5 * Math.exp(-45), 0, -1 / 3], { relative: 1e-5 })
  })

  it("is not convex: the slope of a pixel falls again where it is far wrong", () => {
    // p^2 (-log(1 - p)) of a background pixel at z = 2, 5 and 8: 1.650, 4.940 and 7.995, and 4.823 on the chord
    const at = (z: number) => lossValue(focal({ alpha: "off", gamma: 2 }), row([z], [0]))
    expectClose([at(2), at(5), at(8)], [1.65, 4.94, 7.995], { absolute: 1e-3 })
    expect(at(5)).toBeGreaterThan((at(2) + at(8)) / 2 + 0.1)
  })

  it("cannot see a class that alpha leaves no weight", () => {
    expectClose(lossValue(focal({ alpha: 1, gamma: 2 }), row([50, 0], [0, 0])), 0, {})
    expectClose(lossValue(focal({ alpha: 0, gamma: 2 }), row([-50, 0], [1, 1])), 0, {})
  })

  it("meets the golden numbers", () => {
    const balanced = lossValueAndGradient(usual, golden)
    expectClose(balanced.value, 0.0217928348, { relative: 1e-6 })
    expectClose(balanced.gradient.slice(0, 4), [0.00002952, 0.00492948, -0.00932146, -0.00431053], {
      absolute: 1e-8,
    })
    const plain = lossValueAndGradient(focal({ alpha: "off", gamma: 2 }), golden)
    expectClose(plain.value, 0.0511763789, { relative: 1e-6 })
    expectClose(plain.gradient.slice(0, 4), [0.00003936, 0.00657264, -0.03728585, -0.01724212], {
      absolute: 1e-8,
    })
  })
})
