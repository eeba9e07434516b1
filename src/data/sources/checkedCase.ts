import { Failure, type Problem } from "../../failure/failure.ts"
import { type SliceAxisChoice, sliceAxisOf, slicedGeometry, slicedVoxels } from "../dataset/slicing.ts"
import { type ReadOptions, readVolume } from "../files/readVolume.ts"
import { type Agreement, sameGrid } from "../files/sameGrid.ts"
import type { Volume } from "../files/volume.ts"
import type { CaseFiles } from "./caseFiles.ts"
import { foregroundOf } from "./foreground.ts"
import type { CaseVolume } from "./source.ts"

/** How a source's files are to be understood. */
export interface CaseOptions extends Required<ReadOptions> {
  readonly agreement: Agreement
  /** Values of a mask that mean inside; null: the one that is not 0. */
  readonly foreground: readonly number[] | null
  /** Values that masks may have, 0 aside; absent: any. */
  readonly declared?: readonly number[]
  readonly axis: SliceAxisChoice
}

const waiver = "set load.source.agreement: shape"

/** Opens a case's files and checks that they fit together: one grid, masks of whole numbers, an image that is not
 *  constant, every number finite. Then cuts them into slices. Throws Failure("data") with every problem of all the
 *  files. */
export const checkedCase = async (files: CaseFiles, options: CaseOptions): Promise<CaseVolume> => {
  const { agreement, foreground, declared, channel, spacingMm } = options
  const problems: Problem[] = []
  const path = `case ${files.id}`
  const open = async (file: string, channel: number | null): Promise<Volume | null> => {
    try {
      return await readVolume(file, { channel, spacingMm })
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "data") throw error
      problems.push(
        ...error.problems.map((problem) => ({
          ...problem,
          path: [path, problem.path].filter(Boolean).join(", "),
        })),
      )
      return null
    }
  }
  const image = await open(files.image, channel)
  if (image !== null) problems.push(...constancy(image).map((problem) => ({ ...problem, path })))
  const mask = async (file: string) => {
    const volume = await open(file, null)
    if (volume === null) return { mask: new Uint8Array(0), labels: [] }
    const found = foregroundOf(volume, foreground, declared)
    const onGrid =
      image === null
        ? []
        : sameGrid({ name: "image", ...image }, { name: "mask", ...volume }, agreement, waiver)
    problems.push(...[...found.problems, ...onGrid].map((problem) => ({ ...problem, path })))
    return found
  }
  const expert = await mask(files.expert)
  const second = files.second === undefined ? undefined : await mask(files.second)
  const annotators: Record<string, Uint8Array> = {}
  for (const [name, file] of Object.entries(files.annotators)) annotators[name] = (await mask(file)).mask
  if (image === null || problems.length > 0) throw new Failure("data", problems)
  const axis = sliceAxisOf(image.geometry, options.axis)
  const sliced = (voxels: Uint8Array) => slicedVoxels(voxels, image.geometry.shape, axis)
  const intensities = image.voxels instanceof Float32Array ? image.voxels : Float32Array.from(image.voxels)
  return {
    id: files.id,
    geometry: slicedGeometry(image.geometry, axis),
    axis,
    image: slicedVoxels(intensities, image.geometry.shape, axis),
    expert: sliced(expert.mask),
    labels: expert.labels,
    ...(second === undefined ? {} : { second: sliced(second.mask) }),
    annotators: Object.fromEntries(Object.entries(annotators).map(([name, mask]) => [name, sliced(mask)])),
  }
}

/** An image without contrast shows nothing, and some intensity rules divide by its spread. */
export const constancy = ({ file, voxels }: Volume): Problem[] =>
  voxels.every((value) => value === voxels[0])
    ? [
        {
          message: "the image is the same everywhere",
          file,
          found: `every voxel is ${voxels[0]}`,
          fix: "export the image again, or leave this case out",
        },
      ]
    : []
