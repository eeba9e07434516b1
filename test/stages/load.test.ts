import { describe, expect, it } from "vitest"
import type { CaseVolume, Source } from "../../src/data/sources/source.ts"
import { failure } from "../../src/failure/failure.ts"
import { load } from "../../src/stages/load.ts"
import { geometryOf } from "../support/geometry.ts"
import { runStage } from "../support/runStage.ts"

/** Volumes of 8 x 4 pixels of 1 mm, one slice each; the left half is inside. */
const volume = (id: string): CaseVolume => ({
  id,
  axis: 2,
  geometry: geometryOf([8, 4, 1]),
  image: new Float32Array(32).fill(3),
  expert: Uint8Array.from({ length: 32 }, (_, i) => +(i % 8 < 4)),
  annotators: {},
})

const source = (read: (id: string) => CaseVolume = volume): Source => ({
  description: "made up",
  fingerprint: async () => "1",
  cases: async () => ["a", "b", "c"].map((id) => ({ id, patient: id, group: null })),
  read: async (id) => read(id),
})

const loading = (of: Source) =>
  load({
    source: of,
    split: { train: 1, validation: 1, test: 1, seed: 3, table: null },
    size: [2, 4],
    resize: { kind: "spacing", spacingMm: [2, 1] },
    intensity: (voxels) => voxels.map((value) => value / 2),
  })

describe("load", () => {
  it("makes a dataset by its options, and tells how many cases are read", async () => {
    const stage = loading(source())
    expect(stage.name).toBe("load")
    const { output, events } = await runStage(stage, undefined)
    expect(output).toMatchObject({ rows: 2, columns: 4, resize: { kind: "spacing", spacingMm: [2, 1] } })
    for (const split of ["train", "validation", "test"] as const) {
      expect(output!.patients[split]).toHaveLength(1)
      // At 2 x 1 mm a slice has 2 x 8 pixels, of which the middle 4 columns are kept: half of them inside.
      expect([...output![split].images]).toEqual(Array(8).fill(1.5))
      expect([...output![split].masks]).toEqual([1, 1, 0, 0, 1, 1, 0, 0])
    }
    expect(events).toEqual([1, 2, 3].map((done) => ({ event: "progress", stage: "load", done, total: 3 })))
  })

  it("fails with every problem of the data, and takes other errors for bugs", async () => {
    const broken = source((id) => {
      throw failure("data", { message: `cannot read ${id}` })
    })
    const { failed, output } = await runStage(loading(broken), undefined)
    expect(output).toBeUndefined()
    expect(failed!.kind).toBe("data")
    expect(failed!.problems.map(({ message }) => message).toSorted()).toEqual(
      ["a", "b", "c"].map((id) => `cannot read ${id}`),
    )
    const bug = source(() => {
      throw new TypeError("no voxels")
    })
    expect((await runStage(loading(bug), undefined)).failed).toMatchObject({
      kind: "bug",
      message: expect.stringContaining("no voxels"),
    })
  })
})
