import { describe, expect, it } from "vitest"
import { breathe } from "../../src/stages/breathe.ts"

describe("breathe", () => {
  it("gives the event loop a turn, and goes on", async () => {
    let turned = false
    setImmediate(() => {
      turned = true
    })
    await breathe(new AbortController().signal)
    expect(turned).toBe(true)
  })

  it("fails as interrupted when that is asked for before it, or in that turn", async () => {
    await expect(breathe(AbortSignal.abort())).rejects.toMatchObject({ kind: "interrupted" })
    const controller = new AbortController()
    setImmediate(() => {
      controller.abort()
    })
    await expect(breathe(controller.signal)).rejects.toMatchObject({ kind: "interrupted" })
  })
})
