import fc from "fast-check"
import type { Geometry } from "../../src/data/dataset/dataset.ts"
import { quaternionToAffine } from "../../src/data/nifti/orientation.ts"
import type { WritableVolume } from "../../src/data/nifti/writeNifti.ts"

export type Triple = readonly [number, number, number]

const component = fc.integer({ min: -9, max: 9 })

/** Of a grid that is turned, mirrored or neither, and away from the origin.
 *  @param spacingMm exact in float32 */
export const drawnAffine = (spacingMm: Triple): fc.Arbitrary<Geometry["affine"]> =>
  fc
    .record({
      bcd: fc.oneof(fc.constant([0, 0, 0] as const), fc.tuple(component, component, component)),
      a: fc.integer({ min: 0, max: 9 }),
      offsetMm: fc.tuple(component, component, component),
      handedness: fc.constantFrom<1 | -1>(1, -1),
    })
    .map(({ bcd: [b, c, d], a, offsetMm, handedness }) => {
      const length = Math.hypot(a, b, c, d) || 1
      return quaternionToAffine(
        { bcd: [b / length, c / length, d / length], offsetMm, handedness },
        spacingMm,
      )
    })

/** Sides in mm that float32 holds. */
export const drawnSpacing: fc.Arbitrary<Triple> = fc
  .tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 12 })))
  .map(([x, y, z]) => [x! / 4, y! / 4, z! / 4])

export interface DrawnCase {
  readonly image: WritableVolume
  readonly mask: WritableVolume
}

/** A mask of any voxels, some inside and some not, and an image that is above 200 inside and below 10 outside. */
export const drawnCase = (shape: Triple, spacingMm: Triple): fc.Arbitrary<DrawnCase> => {
  const count = shape[0] * shape[1] * shape[2]
  return fc
    .record({
      affine: drawnAffine(spacingMm),
      inside: fc.uint8Array({ minLength: count, maxLength: count, max: 1 }),
      first: fc.boolean(),
    })
    .map(({ affine, inside, first }) => {
      const geometry = { shape, spacingMm, affine }
      const mask = inside.with(0, +first).with(count - 1, +!first)
      return {
        mask: { geometry, datatype: "uint8", voxels: mask },
        image: { geometry, datatype: "uint8", voxels: mask.map((value, i) => 200 * value + (i % 7)) },
      }
    })
}

/** For each axis along which a file is sliced, the axes of the file along which the rows and the columns of the slices
 *  follow one another. */
export const inPlane = { x: [2, 1], y: [2, 0], z: [1, 0] } as const
