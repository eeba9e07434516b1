import { beforeAll, describe, it } from "vitest"
import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type DiceFocalOptions, diceFocal } from "../../src/losses/diceFocal.ts"
import { focal } from "../../src/losses/focal.ts"
import { softDice } from "../../src/losses/softDice.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: DiceFocalOptions = {
  diceWeight: 1,
  focalWeight: 1,
  alpha: "off",
  gamma: 2,
  smooth: 1e-5,
  over: "image",
  squared: false,
}

const of = (options: DiceFocalOptions) => lossValueAndGradient(diceFocal(options), golden)

describe("diceFocal", () => {
  it("adds value and gradient of its parts by their weights, and hands each its options", () => {
    const options: DiceFocalOptions = { ...usual, alpha: 0.25, gamma: 1.5, smooth: 1, diceWeight: 0.25 }
    const dice = lossValueAndGradient(softDice(options), golden)
    const pixels = lossValueAndGradient(focal(options), golden)
    const mixed = of({ ...options, focalWeight: 3 })
    expectClose(mixed.value, 0.25 * dice.value + 3 * pixels.value, { relative: 1e-6 })
    const gradient = dice.gradient.map((slope, i) => 0.25 * slope + 3 * pixels.gradient[i]!)
    expectClose(mixed.gradient, gradient, { relative: 1e-5, absolute: 1e-8 })
  })

  it("meets the golden number", () => {
    expectClose(of(usual).value, 0.2711646426, { absolute: 1e-7 })
  })
})
