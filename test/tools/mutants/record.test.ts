import { describe, expect, it } from "vitest"
import type { Fault } from "../../../tools/mutants/fault.ts"
import { type Records, record } from "../../../tools/mutants/record.ts"

const text = "one\n  const a = b < c\n"

const fault = (file: string, line = 2): Fault => ({
  ...{ file, line, start: 0, end: 1 },
  ...{ right: "b < c", wrong: "b <= c" },
})

const found = (...verdicts: readonly (readonly [Fault, string | null])[]): Records =>
  record(
    {},
    {
      ...{ room: "room", seed: 3, textOf: () => text },
      hunt: { seconds: 12.4, verdicts: verdicts.map(([fault, noticedBy]) => ({ fault, noticedBy })) },
    },
  )

describe("record", () => {
  it("counts what was planted, noticed and endless, and keeps the survivors in order", () => {
    const { room } = found(
      [fault("src/b.ts"), null],
      [fault("src/c.ts"), "c.test.ts"],
      [fault("src/d.ts"), "endless"],
      [fault("src/a.ts"), null],
    )
    expect(room).toMatchObject({ seed: 3, planted: 4, noticed: 2, endless: 1, seconds: 12 })
    expect(room!.survivors.map(({ file }) => file)).toEqual(["src/a.ts", "src/b.ts"])
    expect(room!.survivors[0]).toEqual({
      ...{ file: "src/a.ts", line: 2, code: "const a = b < c", change: "b < c -> b <= c" },
      ...{ verdict: "open", reason: "" },
    })
  })

  it("keeps what was said of a survivor when its line has moved, and forgets those that are noticed now", () => {
    const before = found([fault("src/a.ts"), null], [fault("src/b.ts"), null])
    const said: Records = {
      room: {
        ...before.room!,
        survivors: before.room!.survivors.map((one) => ({
          ...one,
          verdict: "equivalent",
          reason: "b is never c",
        })),
      },
    }
    const moved = `\n${text}`
    const after = record(said, {
      ...{ room: "room", seed: 3, textOf: () => moved },
      hunt: { seconds: 1, verdicts: [{ fault: fault("src/a.ts", 3), noticedBy: null }] },
    })
    expect(after.room!.survivors).toEqual([
      expect.objectContaining({ file: "src/a.ts", line: 3, verdict: "equivalent", reason: "b is never c" }),
    ])
  })

  it("leaves other rooms as they are", () => {
    const other = found([fault("src/a.ts"), null]).room!
    const after = record(
      { other },
      { room: "room", seed: 1, textOf: () => text, hunt: { seconds: 1, verdicts: [] } },
    )
    expect(after.other).toBe(other)
  })
})
