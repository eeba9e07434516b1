import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { type Fit, fitOf } from "../../../src/data/dataset/fit.ts"
import { imageSlices, joinedSlices, slicesOf } from "../../../src/data/dataset/slices.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import type { CaseVolume } from "../../../src/data/sources/source.ts"

const geometryOf = (shape: Geometry["shape"]): Geometry => ({
  shape,
  spacingMm: [1, 1, 1],
  affine: spacingAffine([1, 1, 1]),
})

/** A case whose voxels are numbered from `first` on; the second annotator's mask is the expert's turned around. */
const caseOf = (id: string, shape: Geometry["shape"], first = 0, hasSecond = true): CaseVolume => {
  const image = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => first + i)
  const expert = Uint8Array.from(image, (value) => +(value % 3 === 0))
  return {
    id,
    axis: 2,
    geometry: geometryOf(shape),
    image,
    expert,
    ...(hasSecond ? { second: expert.map((inside) => 1 - inside) } : {}),
    annotators: {},
  }
}

/** What keeps slices as they are. */
const asTheyAre = { image: (native: Float32Array) => native, mask: (native: Uint8Array) => native } as Fit

const half = (voxels: Float32Array) => voxels.map((value) => value / 2)

const side = fc.integer({ min: 1, max: 5 })
const shape = fc.tuple(side, side, side)

describe("slicesOf", () => {
  test.prop([shape, fc.boolean()])(
    "cuts image and masks into slices, one after the other, the image after the intensity rule",
    async (shape, hasSecond) => {
      const volume = caseOf("a", shape, 1, hasSecond)
      const set = await slicesOf(volume, asTheyAre, half)
      expect(set.count).toBe(shape[2])
      expect(set.ids).toEqual(Array.from({ length: shape[2] }, (_, slice) => ({ case: "a", slice })))
      expect(set.images).toEqual(half(volume.image))
      expect(set.masks).toEqual(volume.expert)
      expect(set.second).toEqual(volume.second)
    },
  )

  it("brings each slice, and no more than it, to the training size", async () => {
    const seen: number[][] = []
    const noting = <A extends Float32Array | Uint8Array>(native: A): A => {
      seen.push([...native])
      return native.subarray(0, 1) as A
    }
    const fit = { image: noting, mask: noting } as Fit
    const set = await slicesOf(caseOf("a", [2, 1, 3], 5), fit, (voxels) => voxels)
    expect(seen.slice(0, 3)).toEqual([
      [5, 6],
      [7, 8],
      [9, 10],
    ])
    expect([...set.images]).toEqual([5, 7, 9])
    // 5 to 10 are inside at 6 and 9.
    expect([[...set.masks], [...set.second!]]).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ])
  })

  it("gives the rule the whole volume at its own resolution", async () => {
    const lengths: number[] = []
    const fit = fitOf({ rows: 1, columns: 2, resize: { kind: "size" } }, geometryOf([4, 2, 3]))
    const set = await slicesOf(caseOf("a", [4, 2, 3]), fit, (voxels) => {
      lengths.push(voxels.length)
      return voxels
    })
    expect(lengths).toEqual([24])
    // 0 1 2 3 over 4 5 6 7, then the same 8 higher: blocks of mean 2.5 and 4.5.
    expect([...set.images]).toEqual([2.5, 4.5, 10.5, 12.5, 18.5, 20.5])
  })
})

describe("imageSlices", () => {
  it("gives other work a turn after each slice", async () => {
    let turns = 0
    let isDone = false
    const beat = () => {
      turns++
      if (!isDone) setImmediate(beat)
    }
    setImmediate(beat)
    await imageSlices(new Float32Array(20), geometryOf([1, 1, 20]), asTheyAre)
    isDone = true
    expect(turns).toBeGreaterThanOrEqual(19)
  })
})

describe("joinedSlices", () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), fc.boolean()])(
    "puts cases one after the other, in their order",
    async (counts, hasSecond) => {
      const volumes = counts.map((count, i) => caseOf(`case ${i}`, [2, 3, count], 100 * i, hasSecond))
      const set = joinedSlices(await Promise.all(volumes.map((one) => slicesOf(one, asTheyAre, half))))
      expect(set.count).toBe(counts.reduce((sum, count) => sum + count, 0))
      expect(set.ids).toEqual(
        counts.flatMap((count, i) =>
          Array.from({ length: count }, (_, slice) => ({ case: `case ${i}`, slice })),
        ),
      )
      expect([...set.images]).toEqual(volumes.flatMap(({ image }) => [...half(image)]))
      expect([...set.masks]).toEqual(volumes.flatMap(({ expert }) => [...expert]))
      if (hasSecond && counts.length > 0)
        expect([...set.second!]).toEqual(volumes.flatMap(({ second }) => [...second!]))
      else expect(set).not.toHaveProperty("second")
    },
  )
})
