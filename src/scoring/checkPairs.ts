import type { Geometry } from "../data/dataset/dataset.ts"
import { type Agreement, sameGrid } from "../data/files/sameGrid.ts"
import { Failure, type Problem } from "../failure/failure.ts"
import { isPng, type PngSpacingMm, readGrid } from "./maskFile.ts"
import type { Pair } from "./pairFiles.ts"

/** Pixels where no file and nobody said how large they are. */
export type DistanceUnit = "mm" | "pixels"

/** A pair whose masks lie on one grid. */
export interface CheckedPair extends Pair {
  readonly geometry: Geometry
  readonly unit: DistanceUnit
}

export interface GridOptions {
  readonly agreement: Agreement
  /** Null: distances in PNG images are in pixels. */
  readonly pngSpacingMm: PngSpacingMm | null
}

/** A problem of a file, with the case that the file is of. */
export const inCase = (pair: Pair, problem: Problem): Problem => ({
  ...problem,
  path: [`case ${pair.case}`, problem.path].filter(Boolean).join(", "),
})

/** Reads the headers of all pairs, not the voxels, and checks that prediction and reference lie on one grid.
 *  @returns the pairs that can be scored, and every problem of the others */
export const checkPairs = async (
  pairs: readonly Pair[],
  options: GridOptions,
): Promise<{ readonly pairs: readonly CheckedPair[]; readonly problems: readonly Problem[] }> => {
  const checked: CheckedPair[] = []
  const problems: Problem[] = []
  for (const pair of pairs) {
    const found: Problem[] = []
    const grid = async (file: string): Promise<Geometry | null> => {
      try {
        return await readGrid(file, options.pngSpacingMm)
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "data") throw error
        found.push(...error.problems)
        return null
      }
    }
    const prediction = await grid(pair.prediction)
    const reference = await grid(pair.reference)
    if (prediction !== null && reference !== null) {
      found.push(
        ...sameGrid(
          { name: "reference", file: pair.reference, geometry: reference },
          { name: "prediction", file: pair.prediction, geometry: prediction },
          options.agreement,
          "say --agreement shape",
        ),
      )
      if (found.length === 0) checked.push(onGrid(pair, prediction, reference, options))
    }
    problems.push(...found.map((problem) => inCase(pair, problem)))
  }
  return { pairs: checked, problems: [...problems, ...mixedUnits(checked)] }
}

/** The grid is the reference's, unless that is a PNG image, which knows no millimetres, and the prediction is not. */
const onGrid = (
  pair: Pair,
  prediction: Geometry,
  reference: Geometry,
  { pngSpacingMm }: GridOptions,
): CheckedPair => {
  const file = isPng(pair.reference) ? pair.prediction : pair.reference
  return {
    ...pair,
    geometry: isPng(pair.reference) ? prediction : reference,
    unit: isPng(file) && pngSpacingMm === null ? "pixels" : "mm",
  }
}

const mixedUnits = (pairs: readonly CheckedPair[]): Problem[] => {
  const inPixels = pairs.filter(({ unit }) => unit === "pixels")
  if (inPixels.length === 0 || inPixels.length === pairs.length) return []
  return [
    {
      message: "some distances would be in pixels and others in mm",
      path: "--spacing-mm",
      found: `in pixels: ${inPixels.map((pair) => pair.case).join(", ")}`,
      fix: "say how far the rows and the columns of the PNG images lie apart: --spacing-mm row,column",
    },
  ]
}
