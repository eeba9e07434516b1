/** Eight voxels of a mask per byte, the first in the lowest bit.
 *  @param mask 0 or 1 */
export const packMask = (mask: Uint8Array): Uint8Array => {
  const packed = new Uint8Array(Math.ceil(mask.length / 8))
  for (let i = 0; i < mask.length; i++) packed[i >> 3]! |= mask[i]! << (i & 7)
  return packed
}

/** The inverse of packMask.
 *  @param length of the mask */
export const unpackMask = (packed: Uint8Array, length: number): Uint8Array => {
  const mask = new Uint8Array(length)
  for (let i = 0; i < length; i++) mask[i] = (packed[i >> 3]! >> (i & 7)) & 1
  return mask
}
