import { fc, test } from "@fast-check/vitest"
import { beforeAll, describe, expect, it } from "vitest"
import { type SliceAxisChoice, slicedGeometry } from "../../src/data/dataset/slicing.ts"
import type { Volume } from "../../src/data/files/volume.ts"
import { predictVolume, type UsableNetwork } from "../../src/stages/predictVolume.ts"
import { echo } from "../support/echo.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { geometryOf } from "../support/geometry.ts"

beforeAll(useJavascriptEngine)

const { signal } = new AbortController()
type Shape = readonly [number, number, number]

const volumeOf = (shape: Shape, voxels: Volume["voxels"], spacingMm: Shape = [1, 1, 1]): Volume => ({
  file: "image.nii.gz",
  shape,
  geometry: geometryOf(shape, spacingMm),
  datatype: "float32",
  voxels,
})

const axes = { x: 0, y: 1, z: 2 } as const

/** A network whose probabilities are what it sees, a hundredth of the voxels, trained on slices of the volume's own
 *  size along an axis. */
const network = (
  shape: Shape,
  axis: keyof typeof axes,
  changes: Partial<UsableNetwork> = {},
): UsableNetwork => {
  const [columns, rows] = slicedGeometry(geometryOf(shape), axes[axis]).shape
  return {
    ...echo(),
    training: { rows, columns, resize: { kind: "size" } },
    intensity: (voxels) => voxels.map((value) => value / 100),
    axis,
    batchSize: 2,
    ...changes,
  }
}

const side = fc.integer({ min: 2, max: 4 })

describe("predictVolume", () => {
  test.prop([
    fc.tuple(side, side, side),
    fc.constantFrom("x", "y", "z"),
    fc.integer({ min: 0, max: 100 }),
    fc.nat(),
  ])(
    "gives every voxel of the file its own probability, and marks those that reach the threshold",
    async (shape, axis, percent, offset) => {
      // A permutation of 101 values: no two neighbours are alike.
      const voxels = Float32Array.from(
        { length: shape[0] * shape[1] * shape[2] },
        (_, i) => (37 * i + offset) % 101,
      )
      const threshold = Math.fround(percent / 100)
      const found = await predictVolume(network(shape, axis), volumeOf(shape, voxels), {
        threshold,
        probabilities: true,
        signal,
      })
      const expected = voxels.map((value) => value / 100)
      expect(found.probabilities).toEqual(expected)
      expect(found.mask).toEqual(Uint8Array.from(expected, (p) => +(p >= threshold)))
    },
  )

  const shape = [2, 3, 4] as const
  const voxels = Float32Array.from({ length: 24 }, (_, i) => 4 * i)
  const predicted = (usable: UsableNetwork, volume = volumeOf(shape, voxels)) =>
    predictVolume(usable, volume, { threshold: 0.5, probabilities: false, signal })

  it("leaves probabilities out that nobody asked for", async () => {
    const { mask, probabilities } = await predicted(network(shape, "z"))
    expect(probabilities).toBeNull()
    // 4 x 13 is the first of 50 and more.
    expect([...mask]).toEqual([...Array(13).fill(0), ...Array(11).fill(1)])
  })

  it("takes voxels of any type, and leaves them as they are", async () => {
    const whole = Int16Array.from(voxels)
    const before = whole.slice()
    const { mask } = await predicted(network(shape, "y"), volumeOf(shape, whole))
    expect(mask).toEqual((await predicted(network(shape, "y"))).mask)
    expect(whole).toEqual(before)
  })

  it("cuts along the axis of the largest spacing when that is the choice", async () => {
    const shapes: (readonly number[])[] = []
    const seen = (choice: SliceAxisChoice, spacingMm: Shape) =>
      predicted(
        network(shape, "x", {
          ...echo((batch) => shapes.push(batch)),
          training: { rows: 4, columns: 3, resize: { kind: "size" } },
          axis: choice,
        }),
        volumeOf(shape, voxels, spacingMm),
      )
    const { mask } = await seen("largest-spacing", [3, 1, 1])
    expect(mask).toEqual((await predicted(network(shape, "x"))).mask)
    // Two slices along x of 4 rows (z) and 3 columns (y).
    expect(shapes).toEqual([[2, 4, 3, 1]])
  })

  it("shows the network slices of its training size, and batches of its size", async () => {
    const batches: (readonly number[])[] = []
    const small = network(shape, "z", {
      ...echo((batch) => batches.push(batch)),
      training: { rows: 1, columns: 2, resize: { kind: "size" } },
      batchSize: 3,
    })
    const { mask } = await predicted(small)
    expect(batches).toEqual([
      [3, 1, 2, 1],
      [1, 1, 2, 1],
    ])
    // Rows are averaged: a slice from 4 x 6 k on has the means 4 (6 k + 2) and 4 (6 k + 3), and 50 is between
    // those of k = 1 (32 and 36) and k = 2 (56 and 60).
    expect([...mask]).toEqual([...Array(12).fill(0), ...Array(12).fill(1)])
  })

  it("is interrupted when that is asked for", async () => {
    const options = { threshold: 0.5, probabilities: true, signal: AbortSignal.abort() }
    await expect(predictVolume(network(shape, "z"), volumeOf(shape, voxels), options)).rejects.toMatchObject({
      kind: "interrupted",
    })
  })
})
