import { lossValueAndGradient } from "../../src/laws/evaluate.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { type Curve, panels } from "../panel.ts"

const side = 8
const pixels = Array.from({ length: side * side }, (_, i) => ({
  row: Math.floor(i / side),
  column: i % side,
}))

/** 1 in rows and columns of a square, from its first to its last. */
const square = (first: number, last: number, lastColumn = last): number[] =>
  pixels.map(({ row, column }) =>
    row >= first && row <= last && column >= first && column <= lastColumn ? 1 : 0,
  )

/** The scene of every figure: a square that the second annotator draws one column wider, and a network that is right
 *  and fairly sure (p = 0.88) everywhere but at the pixel whose logit varies. */
const scene: LossCase = (() => {
  const mask = square(2, 5)
  return {
    shape: [1, side, side],
    mask,
    second: square(2, 5, 6),
    logits: mask.map((y) => (y === 1 ? 2 : -2)),
    progress: 0.5,
  }
})()

/** The pixels whose logit varies: row and column from 0. */
const varied: readonly (Omit<Curve, "points"> & { readonly row: number; readonly column: number })[] = [
  { label: "a foreground pixel", colour: "#117733", row: 3, column: 3 },
  { label: "a background pixel", colour: "#cc6677", dashes: "7 3", row: 3, column: 0 },
]

/** What the index page says of the scene. */
export const sceneWords = `The figures show one scene of ${side} x ${side} pixels for all losses. The mask is a square of 4 x 4 pixels (rows and columns 2 to 5, from 0); the second annotator drew it one column wider. The logits are 2 in the mask and -2 outside, right and fairly sure (p = 0.88 and 0.12), but at one pixel, whose logit goes from -8 to 8: a foreground pixel in row 3, column 3, or a background pixel in row 3, column 0. Left the loss of the whole scene, right its derivative by that logit, half way through the training and with the options of the page's example.`

const logits = Array.from({ length: 65 }, (_, i) => (i - 32) / 4)

/** Loss and gradient against one pixel's logit, as an SVG file. An engine must run. */
export const lossFigure = (kind: string, loss: Loss): string => {
  const params = loss.init(rootKey(1))
  const curves = varied.map(({ row, column, ...look }) => {
    const place = row * side + column
    const points = logits.map((logit) => {
      const of = { ...scene, logits: scene.logits.with(place, logit) }
      const { value, gradient } = lossValueAndGradient(loss, of, params)
      return { logit, value, slope: gradient[place]! }
    })
    return { look, points }
  })
  const xLabel = "logit of the pixel"
  return panels(`${kind}: loss and gradient against the logit of one pixel`, [
    {
      title: kind,
      xLabel,
      yLabel: "loss",
      curves: curves.map(({ look, points }) => ({
        ...look,
        points: points.map((p) => [p.logit, p.value]),
      })),
    },
    {
      title: "",
      xLabel,
      yLabel: "derivative by the logit",
      curves: curves.map(({ look, points }) => ({
        ...look,
        points: points.map((p) => [p.logit, p.slope]),
      })),
    },
  ])
}
