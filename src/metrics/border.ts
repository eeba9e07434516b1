import type { Mask } from "./mask.ts"

/** The border of a mask: its pixels that its erosion with the 4-neighbour cross removes, that is,
 *  those with an empty neighbour above, below, left or right. Outside the image is empty, so mask pixels
 *  on the image's edge are border. As medpy and MONAI do it. */
export const border = ({ rows, columns, data }: Mask): Mask => {
  const result = new Uint8Array(rows * columns)
  for (let row = 0, i = 0; row < rows; row++) {
    const onEdge = row === 0 || row === rows - 1
    for (let column = 0; column < columns; column++, i++) {
      if (data[i] === 0) continue
      const inside =
        !onEdge &&
        column > 0 &&
        column < columns - 1 &&
        (data[i - 1]! & data[i + 1]! & data[i - columns]! & data[i + columns]!) === 1
      if (!inside) result[i] = 1
    }
  }
  return { rows, columns, data: result }
}
