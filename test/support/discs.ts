import type { Mask } from "../../src/metrics/mask.ts"
import { maskOf } from "./masks.ts"

type Rule = (row: number, column: number) => boolean

const disc =
  (row: number, column: number, radius: number): Rule =>
  (r, c) =>
    (r - row) ** 2 + (c - column) ** 2 <= radius ** 2

const reference = disc(112, 112, 60)

const image = (rule: Rule): Mask => maskOf([224, 224], (row, column) => rule(row!, column!))

/** A disc of radius 60 in 224 x 224 pixels, and four ways to get it wrong. */
export const referenceDisc = image(reference)

export const wrongDiscs = {
  moved: image(disc(115, 107, 62)),
  bar: image((r, c) => reference(r, c) || (r >= 110 && r <= 114 && c >= 113 && c <= 200)),
  speck: image((r, c) => reference(r, c) || disc(20, 20, 4)(r, c)),
  cut: image((r, c) => reference(r, c) && c < 130),
}
