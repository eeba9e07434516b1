import { join } from "node:path"
import type { Dataset, TestCase } from "../data/dataset/dataset.ts"
import { fitOf } from "../data/dataset/fit.ts"
import { unpackMask } from "../data/dataset/packedMask.ts"
import { slicedVoxels } from "../data/dataset/slicing.ts"
import { readNifti } from "../data/nifti/readNifti.ts"
import { metricTable } from "../metrics/metricTable.ts"
import type { MetricName, Scores } from "../metrics/scores.ts"
import { smallerIsBetter } from "../metrics/smallerIsBetter.ts"
import type { Panel } from "../stages/reportInput.ts"
import { mean } from "../statistics/mean.ts"

/** A finished cell whose predictions can be shown. */
export interface ShownCell {
  readonly label: string
  /** The cell's folder, absolute. */
  readonly folder: string
  readonly scores: Scores
}

interface Candidate {
  readonly case: string
  readonly slice: number
  readonly mean: number
}

/** The diagonal of a slice of a test case in mm: no distance in it is larger. */
const diagonalMm = (dataset: Dataset, name: string): number => {
  const { shape, spacingMm } = dataset.testCases.find(({ id }) => id === name)!.geometry
  return Math.hypot(shape[0] * spacingMm[0], shape[1] * spacingMm[1])
}

/** Slices with foreground by the mean of the metric over the cells, worst first; one that a cell missed counts as the
 *  worst that there is. */
const ranked = (dataset: Dataset, cells: readonly ShownCell[], metric: MetricName): Candidate[] => {
  const isDistance = metricTable[metric].kind === "distance"
  const slices = new Map<string, { case: string; slice: number; values: number[] }>()
  for (const { scores } of cells)
    for (const { case: name, slice, outcome, values } of scores.slices) {
      if (outcome !== "scored" && outcome !== "missed") continue
      const id = `${name}/${slice}`
      if (!slices.has(id)) slices.set(id, { case: name, slice, values: [] })
      slices.get(id)!.values.push(values[metric] ?? (isDistance ? diagonalMm(dataset, name) : 0))
    }
  const sign = smallerIsBetter(metric) ? -1 : 1
  return [...slices.values()]
    .map(({ values, ...where }) => ({ ...where, mean: mean(values)! }))
    .sort((a, b) => sign * (a.mean - b.mean))
}

/** Grey values of a test slice as the network saw it, stretched to 0..255. */
const imageOf = (dataset: Dataset, { id: name, geometry }: TestCase, slice: number): Panel["image"] => {
  const { test } = dataset
  const trained = dataset.rows * dataset.columns
  const index = test.ids.findIndex((id) => id.case === name && id.slice === slice)
  const fit = fitOf(dataset, geometry)
  const { rows, columns } = fit.canvas
  const pixels = fit.uncrop(test.images.subarray(index * trained, (index + 1) * trained))
  const low = pixels.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = pixels.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const range = high > low ? high - low : 1
  return {
    rows,
    columns,
    data: Uint8Array.from(pixels, (value) => Math.round(((value - low) / range) * 255)),
  }
}

const panelOf = async (
  which: Panel["which"],
  metric: MetricName,
  slice: number,
  dataset: Dataset,
  shown: TestCase,
  cells: readonly ShownCell[],
): Promise<Panel> => {
  const { id, geometry, axis, expert, annotators } = shown
  const [columns, rows] = geometry.shape
  const [x, y] = geometry.spacingMm
  const sliceOf = (volume: ArrayLike<number>) =>
    Uint8Array.from({ length: rows * columns }, (_, i) => (volume[slice * rows * columns + i]! > 0.5 ? 1 : 0))
  const predicted = async (folder: string) => {
    const file = await readNifti(join(folder, "predictions", `${id}.nii.gz`))
    return slicedVoxels(file.voxels, file.geometry.shape, axis)
  }
  return {
    which,
    metric,
    case: id,
    slice,
    rows,
    columns,
    spacingMm: [y, x],
    image: imageOf(dataset, shown, slice),
    expert: sliceOf(unpackMask(expert)),
    annotators: Object.entries(annotators).map(([name, mask]) => ({
      name,
      mask: sliceOf(unpackMask(mask)),
    })),
    predictions: await Promise.all(
      cells.map(async ({ label, folder, scores }) => ({
        label,
        mask: sliceOf(await predicted(folder)),
        value: scores.slices.find((s) => s.case === id && s.slice === slice)?.values[metric] ?? null,
      })),
    ),
  }
}

/** The best, the median and the worst slice by the mean of a metric over the cells; none when no slice was scored. */
export const panelsOf = async (
  dataset: Dataset,
  cells: readonly ShownCell[],
  metric: MetricName,
): Promise<Panel[]> => {
  const candidates = ranked(dataset, cells, metric)
  if (candidates.length === 0) return []
  const chosen = [
    ["best", candidates.at(-1)!],
    ["median", candidates[Math.floor(candidates.length / 2)]!],
    ["worst", candidates[0]!],
  ] as const
  return Promise.all(
    chosen.map(([which, candidate]) => {
      const shown = dataset.testCases.find(({ id }) => id === candidate.case)!
      return panelOf(which, metric, candidate.slice, dataset, shown, cells)
    }),
  )
}
