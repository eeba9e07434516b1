/** Four bytes that are 1, read as one number. */
export const fourOnes = 0x01010101

/** Bytes read four at a time, as masks of zeros and ones are looked through fastest. Which of the four comes first
 *  in the number depends on the machine: only what treats all four alike may be done with it.
 *  @returns without the last `bytes.length % 4`; a copy where the bytes do not begin at a multiple of four */
export const foursOf = (bytes: Uint8Array): Int32Array => {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, Math.floor(bytes.length / 4))
}
