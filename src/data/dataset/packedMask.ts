import { fourOnes, foursOf } from "../../tensor/fours.ts"

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
  const fours = foursOf(mask)
  for (let byte = 0; byte < bits.length; byte++) {
    // Mostly eight neighbours are all outside or all inside.
    const ones = fours[2 * byte]
    if (ones === fours[2 * byte + 1]) {
      if (ones === 0) continue
      if (ones === fourOnes) {
        bits[byte] = 255
        continue
      }
    }
    const end = Math.min(8 * byte + 8, mask.length)
    let bit = 0
    for (let i = 8 * byte; i < end; i++) bit |= mask[i]! << (i & 7)
    bits[byte] = bit
  }
  return { length: mask.length, bits }
}

/** The inverse of packMask. */
export const unpackMask = ({ length, bits }: PackedMask): Uint8Array => {
  const mask = new Uint8Array(length)
  const fours = foursOf(mask)
  for (let byte = 0; byte < bits.length; byte++) {
    const bit = bits[byte]!
    if (bit === 0) continue
    if (bit === 255) {
      fours[2 * byte] = fourOnes
      fours[2 * byte + 1] = fourOnes
      continue
    }
    const end = Math.min(8 * byte + 8, length)
    for (let i = 8 * byte; i < end; i++) mask[i] = (bit >> (i & 7)) & 1
  }
  return mask
}
