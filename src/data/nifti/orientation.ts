/** 4 x 4, row by row: voxel indices (x, y, z, 1) to millimetres. */
export type Affine = readonly (readonly number[])[]

type Triple = readonly [number, number, number]

/** What a NIfTI header stores of a rotation, a flip and a shift. */
export interface Quaternion {
  /** Sine half of the unit quaternion (b, c, d); the cosine half is positive and left out. */
  readonly bcd: Triple
  readonly offsetMm: Triple
  /** -1 when the third axis is mirrored (a left-handed grid). */
  readonly handedness: 1 | -1
}

/** Determinant of the 3 x 3 part: the signed volume of a voxel in mm^3. */
export const determinant = (affine: Affine): number => {
  const [a, b, c] = affine as readonly [readonly number[], readonly number[], readonly number[]]
  return (
    a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
    a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) +
    a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!)
  )
}

/** Length in mm of one step along each voxel axis. */
export const stepsMm = (affine: Affine): Triple => {
  const step = (axis: number) => Math.hypot(affine[0]![axis]!, affine[1]![axis]!, affine[2]![axis]!)
  return [step(0), step(1), step(2)]
}

/** The grid without rotation or shift: only the spacing. */
export const spacingAffine = (spacingMm: Triple): Affine => [
  [spacingMm[0], 0, 0, 0],
  [0, spacingMm[1], 0, 0],
  [0, 0, spacingMm[2], 0],
  [0, 0, 0, 1],
]

/** Below this, 1 - b^2 - c^2 - d^2 is only what rounding b, c, d to float32 has left: a half turn, a = 0. */
const halfTurn = 3 * 2 ** -23

/** Formula of nifti1.h ("METHOD 2"). A quaternion as long as one, or slightly longer, is a half turn. */
export const quaternionToAffine = (quaternion: Quaternion, spacingMm: Triple): Affine => {
  const square = quaternion.bcd.reduce((sum, value) => sum + value * value, 0)
  const isHalfTurn = 1 - square < halfTurn
  const a = isHalfTurn ? 0 : Math.sqrt(1 - square)
  const scale = isHalfTurn ? 1 / Math.sqrt(square) : 1
  const [b, c, d] = quaternion.bcd.map((value) => value * scale) as [number, number, number]
  const rotation = [
    [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
    [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
    [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
  ]
  const steps = [spacingMm[0], spacingMm[1], spacingMm[2] * quaternion.handedness]
  return [
    ...rotation.map((row, r) => [...row.map((value, axis) => value * steps[axis]!), quaternion.offsetMm[r]!]),
    [0, 0, 0, 1],
  ]
}

/** The inverse of quaternionToAffine; null when the axes are not at right angles, which a quaternion cannot say. */
export const affineToQuaternion = (affine: Affine): Quaternion | null => {
  const steps = stepsMm(affine)
  const handedness = determinant(affine) < 0 ? -1 : 1
  const r = [0, 1, 2].map((row) =>
    [0, 1, 2].map((axis) => (affine[row]![axis]! / steps[axis]!) * (axis === 2 ? handedness : 1)),
  )
  const dot = (i: number, j: number) => r[0]![i]! * r[0]![j]! + r[1]![i]! * r[1]![j]! + r[2]![i]! * r[2]![j]!
  const skew = Math.max(Math.abs(dot(0, 1)), Math.abs(dot(0, 2)), Math.abs(dot(1, 2)))
  if (!(skew < 1e-5)) return null
  const at = (row: number, axis: number) => r[row]![axis]!
  // The largest of a, b, c, d is computed first and divides the others, so that nothing is divided by nearly zero.
  const squares = [
    1 + at(0, 0) + at(1, 1) + at(2, 2),
    1 + at(0, 0) - at(1, 1) - at(2, 2),
    1 - at(0, 0) + at(1, 1) - at(2, 2),
    1 - at(0, 0) - at(1, 1) + at(2, 2),
  ].map((value) => value / 4)
  const largest = squares.indexOf(Math.max(...squares))
  const pivot = Math.sqrt(squares[largest]!)
  const part = (value: number) => value / (4 * pivot)
  const cross = {
    ab: part(at(2, 1) - at(1, 2)),
    ac: part(at(0, 2) - at(2, 0)),
    ad: part(at(1, 0) - at(0, 1)),
    bc: part(at(0, 1) + at(1, 0)),
    bd: part(at(0, 2) + at(2, 0)),
    cd: part(at(1, 2) + at(2, 1)),
  }
  const candidates: readonly (readonly number[])[] = [
    [pivot, cross.ab, cross.ac, cross.ad],
    [cross.ab, pivot, cross.bc, cross.bd],
    [cross.ac, cross.bc, pivot, cross.cd],
    [cross.ad, cross.bd, cross.cd, pivot],
  ]
  const [a, b, c, d] = candidates[largest] as [number, number, number, number]
  const sign = a < 0 ? -1 : 1
  return {
    bcd: [b * sign, c * sign, d * sign],
    offsetMm: [affine[0]![3]!, affine[1]![3]!, affine[2]![3]!],
    handedness,
  }
}
