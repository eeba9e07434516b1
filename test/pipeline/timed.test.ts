import { Effect, pipe } from "effect"
import { describe, expect, it, vi } from "vitest"
import { timed } from "../../src/pipeline/timed.ts"
import { type CellEvent, Events } from "../../src/stages/events.ts"
import { stage } from "../../src/stages/stage.ts"

const told = (run: (input: number) => Effect.Effect<number, string>) => {
  const events: CellEvent[] = []
  const result = Effect.runPromise(
    pipe(
      timed(stage("load", run)).run(20),
      Effect.provideService(Events, { emit: (event) => void events.push(event) }),
      Effect.result,
    ),
  )
  return { events, result }
}

describe("timed", () => {
  it("is the same stage, which says when it starts and how many seconds it took", async () => {
    const clock = vi.spyOn(performance, "now")
    clock.mockReturnValueOnce(1000).mockReturnValueOnce(3500)
    const { events, result } = told((input) => Effect.succeed(input + 1))
    expect(await result).toMatchObject({ success: 21 })
    clock.mockRestore()
    expect(events).toEqual([
      { event: "stage", stage: "load", status: "started" },
      { event: "stage", stage: "load", status: "done", seconds: 2.5 },
    ])
    expect(timed(stage("load", () => Effect.succeed(1))).name).toBe("load")
  })

  it("does not say that a stage is done which failed", async () => {
    const { events, result } = told(() => Effect.fail("no"))
    expect(await result).toMatchObject({ failure: "no" })
    expect(events).toEqual([{ event: "stage", stage: "load", status: "started" }])
  })
})
