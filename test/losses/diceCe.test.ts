import { beforeAll, describe, it } from "vitest"
import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { bce } from "../../src/losses/bce.ts"
import { type DiceCeOptions, diceCe } from "../../src/losses/diceCe.ts"
import { softDice } from "../../src/losses/softDice.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: DiceCeOptions = { diceWeight: 1, ceWeight: 1, smooth: 1e-5, over: "image", squared: false }

const of = (options: DiceCeOptions) => lossValueAndGradient(diceCe(options), golden)

describe("diceCe", () => {
  it("adds value and gradient of its parts by their weights", () => {
    const dice = lossValueAndGradient(softDice({ ...usual, squared: true }), golden)
    const ce = lossValueAndGradient(bce(), golden)
    const mixed = of({ ...usual, diceWeight: 0.25, ceWeight: 3, squared: true })
    expectClose(mixed.value, 0.25 * dice.value + 3 * ce.value, { relative: 1e-6 })
    const gradient = dice.gradient.map((slope, i) => 0.25 * slope + 3 * ce.gradient[i]!)
    expectClose(mixed.gradient, gradient, { relative: 1e-5, absolute: 1e-8 })
  })

  it("meets the golden number", () => {
    expectClose(of(usual).value, 0.5469869042, { absolute: 1e-7 })
  })
})
