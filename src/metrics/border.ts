import { fourOnes, foursOf } from "../tensor/fours.ts"
import type { Axes } from "./axes.ts"

/** The border of a mask: its pixels that its erosion with the cross of nearest neighbours (4 in two dimensions,
 *  6 in three) removes, that is, those with an empty neighbour along an axis. Outside the image is empty, so mask
 *  pixels on the image's edge are border. As medpy and MONAI do it.
 *  @param padded 0 or 1, with an empty margin of one pixel and rows of a multiple of four pixels (jointCrop.ts)
 *  @returns places of the border pixels in `padded`, ascending */
export const border = (padded: Uint8Array, axes: Axes): Int32Array => {
  const row = axes[axes.length - 2].stride
  const slice = axes.length === 3 ? axes[0].stride : 0 // in two dimensions a pixel's neighbour slice is its own
  const places = new Int32Array(padded.length)
  let count = 0
  // Four pixels at a time: mostly they are all outside, or all inside and so are their neighbours.
  const fours = foursOf(padded)
  for (let four = 0; four < fours.length; four++) {
    const ones = fours[four]
    if (ones === 0) continue
    const start = four * 4
    if (ones === fourOnes && (padded[start - 1] & padded[start + 4]) === 1) {
      const above = fours[four - row / 4] & fours[four + row / 4]
      if ((above & fours[four - slice / 4] & fours[four + slice / 4]) === fourOnes) continue
    }
    for (let i = start; i < start + 4; i++) {
      if (padded[i] === 0) continue
      const across = padded[i - 1] & padded[i + 1] & padded[i - row] & padded[i + row]
      if ((across & padded[i - slice] & padded[i + slice]) === 0) places[count++] = i
    }
  }
  return places.slice(0, count)
}
