import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { mutationPage } from "../../docs/mutationPage.ts"
import { type RoomRecord, readRecord, type Survivor, shareOf } from "../../tools/mutants/record.ts"

const records = readRecord(resolve(import.meta.dirname, "../.."))
const rooms = Object.values(records)

describe("the record of planted faults", () => {
  it("is of a thousand faults and more, of which nineteen in twenty are noticed, equivalent ones aside", () => {
    const of = (count: (room: RoomRecord) => number) => rooms.reduce((sum, room) => sum + count(room), 0)
    const equivalent = of((room) => room.survivors.filter(({ verdict }) => verdict === "equivalent").length)
    expect(of(({ planted }) => planted)).toBeGreaterThanOrEqual(1000)
    expect(of(({ noticed }) => noticed) / (of(({ planted }) => planted) - equivalent)).toBeGreaterThan(0.95)
  })

  it("says of every survivor why it may be there", () => {
    const silent = rooms.flatMap(({ survivors }) =>
      survivors.filter(({ verdict, reason }) => verdict === "open" || reason === ""),
    )
    expect(silent).toEqual([])
  })
})

describe("mutationPage", () => {
  const survivor = (verdict: Survivor["verdict"], reason: string): Survivor => ({
    ...{ file: "src/a.ts", line: 3, code: "a || b", change: "a || b -> a" },
    ...{ verdict, reason },
  })
  const room: RoomRecord = {
    ...{ seed: 1, planted: 11, noticed: 9, endless: 1, seconds: 7 },
    survivors: [survivor("equivalent", "b is a"), survivor("open", "")],
  }

  it("counts by room and in all, with the share of the faults that are not equivalent", () => {
    const page = mutationPage({ one: room, two: room })
    // 9 of 10, and 18 of 20.
    expect(page).toContain("| one | 11 | 9 | 1 | 1 | 90.0 % | 7 s |\n| two |")
    expect(page).toContain("| **all** | 22 | 18 | 2 | 2 | 90.0 % | 14 s |")
    expect(page).toContain("2 of the noticed were noticed by tests that did not come to their end")
  })

  it("names each survivor with its place, change and reason, without breaking the table", () => {
    const page = mutationPage({ one: room })
    expect(page).toContain("| `src/a.ts:3` | `` a \\|\\| b -> a `` | equivalent: b is a |")
    expect(page).toContain("| `src/a.ts:3` | `` a \\|\\| b -> a `` | open |")
  })

  it("has no share of a room without faults", () => {
    expect(shareOf({ ...room, planted: 0, noticed: 0, survivors: [] })).toBe(1)
  })
})
