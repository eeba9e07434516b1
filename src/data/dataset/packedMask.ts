/** A mask in an eighth of its memory. */
export interface PackedMask {
  /** Voxels. */
  readonly length: number
  /** Eight voxels per byte, the first in the lowest bit. */
  readonly bits: Uint8Array
}

/** @param mask 0 or 1 */
export const packMask = (mask: Uint8Array): PackedMask => {
  const bits = new Uint8Array(Math.ceil(mask.length / 8))
  for (let i = 0; i < mask.length; i++) bits[i >> 3]! |= mask[i]! << (i & 7)
  return { length: mask.length, bits }
}

/** The inverse of packMask. */
export const unpackMask = ({ length, bits }: PackedMask): Uint8Array => {
  const mask = new Uint8Array(length)
  for (let i = 0; i < length; i++) mask[i] = (bits[i >> 3]! >> (i & 7)) & 1
  return mask
}
