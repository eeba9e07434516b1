import type { Key } from "../../tensor/randomKey.ts"
import { type Annotator, drawnBy } from "./annotator.ts"
import { capsule as capsuleOf } from "./capsule.ts"
import type { Grid } from "./grid.ts"
import { polarGrid, rasterise } from "./rasterise.ts"
import { scanner } from "./scanner.ts"

/** One patient's volumes, each [slices, rows, columns]. */
export interface PhantomPatient {
  readonly slices: number
  /** 0..254 */
  readonly image: Uint8Array
  /** 0 or 1 */
  readonly expert: Uint8Array
  /** 0 or 1, by annotator */
  readonly drawn: Readonly<Record<string, Uint8Array>>
}

/** Everything about one patient follows from the key; the grid only decides how finely it is sampled.
 *  @param meanSlices the patient has this many, give or take a quarter
 *  @param withImage false leaves the image black, which is much faster when only masks are looked at */
export const phantomPatient = (
  key: Key,
  options: {
    readonly grid: Grid
    readonly meanSlices: number
    readonly annotators: Readonly<Record<string, Annotator>>
    readonly withImage?: boolean
  },
): PhantomPatient => {
  const { grid, meanSlices, withImage = true } = options
  const slices = Math.max(1, Math.round(meanSlices * key.child("slices").draws().between(0.75, 1.25)))
  const capsule = capsuleOf(key.child("capsule").draws())
  const scan = scanner(key.child("scan"), grid, capsule.neck)
  const hands = Object.entries(options.annotators).map(([name, annotator]) => ({
    name,
    draw: drawnBy(key.child("annotator", name), annotator, capsule.neck),
    mask: new Uint8Array(slices * grid.rows * grid.columns),
  }))
  const image = new Uint8Array(slices * grid.rows * grid.columns)
  const expert = new Uint8Array(image.length)
  for (let slice = 0; slice < slices; slice++) {
    const at = slice * grid.rows * grid.columns
    const u = (slice + 0.5) / slices
    const contour = capsule.contourAt(u)
    const prostate = contour && { contour, polar: polarGrid(grid, contour.centreMm) }
    if (prostate !== undefined) {
      const { radiiMm } = prostate.contour
      expert.set(rasterise(prostate.polar, radiiMm), at)
      for (const { draw, mask } of hands) mask.set(rasterise(prostate.polar, draw(radiiMm, u)), at)
    }
    if (withImage) image.set(scan(slice, u, prostate), at)
  }
  return { slices, image, expert, drawn: Object.fromEntries(hands.map(({ name, mask }) => [name, mask])) }
}
