import { describe, expect, it } from "vitest"
import { applies, doesNotHold, doesNotHoldWhen, holds, holdsWhen } from "../../src/laws/claim.ts"
import { named } from "./madeUpLosses.ts"

const law = named("mirrored")
const odd = ({ kernel }: { readonly kernel: number }) => kernel % 2 === 1

describe("claims", () => {
  it("say that a law holds, or that it does not and why, always or with certain options", () => {
    expect(holds(law)).toEqual({ law, holds: true })
    expect(doesNotHold(law, "it looks left")).toEqual({ law, holds: false, because: "it looks left" })
    const when = { says: "with an odd kernel", holds: odd }
    expect(holdsWhen(law, "with an odd kernel", odd)).toEqual({ law, holds: true, when })
    expect(doesNotHoldWhen(law, "it looks left", "with an odd kernel", odd)).toEqual({
      ...{ law, holds: false, because: "it looks left", when },
    })
  })

  it("are about all options, or those that their condition names", () => {
    expect(applies(holds(law), { kernel: 4 })).toBe(true)
    expect(applies(doesNotHold(law, ""), { kernel: 4 })).toBe(true)
    for (const claim of [holdsWhen(law, "", odd), doesNotHoldWhen(law, "", "", odd)])
      expect([3, 4].map((kernel) => applies(claim, { kernel }))).toEqual([true, false])
  })
})
