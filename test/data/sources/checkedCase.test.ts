import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { beforeAll, describe, expect, it } from "vitest"
import {
  type SliceAxisChoice,
  sliceAxes,
  sliceAxisOf,
  slicedVoxels,
} from "../../../src/data/dataset/slicing.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { type WritableVolume, writeNiftiFile } from "../../../src/data/nifti/writeNifti.ts"
import { type CaseOptions, checkedCase, constancy } from "../../../src/data/sources/checkedCase.ts"
import { drawnCase, drawnSpacing } from "../../support/drawnVolumes.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

let folder = ""
beforeAll(async () => {
  folder = await emptyFolder()
})

let files = 0
const saved = async (volume: WritableVolume): Promise<string> => {
  const file = join(folder, `${files++}.nii`)
  await writeNiftiFile(file, volume)
  return file
}

const options = (changes: Partial<CaseOptions> = {}): CaseOptions => ({
  agreement: "geometry",
  foreground: null,
  axis: "z",
  channel: null,
  spacingMm: null,
  ...changes,
})

const grid = { shape: [2, 2, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) } as const
const volume = (values: readonly number[], geometry: WritableVolume["geometry"] = grid): WritableVolume => ({
  geometry,
  datatype: "float32",
  voxels: Float32Array.from(values),
})
const opened = async (
  parts: {
    readonly image?: readonly number[] | WritableVolume
    readonly expert?: readonly number[] | WritableVolume
    readonly second?: readonly number[] | WritableVolume
    readonly annotators?: Readonly<Record<string, readonly number[]>>
  },
  changes: Partial<CaseOptions> = {},
) => {
  const fileOf = (part: readonly number[] | WritableVolume) => saved("datatype" in part ? part : volume(part))
  const annotators: Record<string, string> = {}
  for (const [name, values] of Object.entries(parts.annotators ?? {})) annotators[name] = await fileOf(values)
  const named = {
    ...{ id: "a", patient: "p", group: null },
    image: await fileOf(parts.image ?? [1, 2, 3, 4]),
    expert: await fileOf(parts.expert ?? [0, 1, 0, 1]),
    ...(parts.second === undefined ? {} : { second: await fileOf(parts.second) }),
    annotators,
  }
  return { files: named, read: () => checkedCase(named, options(changes)) }
}

describe("checkedCase", () => {
  const side = fc.integer({ min: 1, max: 4 })
  test.prop(
    [
      fc
        .tuple(side, side, fc.integer({ min: 2, max: 4 }), drawnSpacing)
        .chain(([x, y, z, spacingMm]) => drawnCase([x, y, z], spacingMm)),
      fc.constantFrom<SliceAxisChoice>(...sliceAxes),
    ],
    { numRuns: 40 },
  )("gives image and masks as they are sliced", async ({ image, mask }, axis) => {
    const other = { ...mask, voxels: mask.voxels.map((inside) => 1 - inside) } as WritableVolume
    const { files, read } = await opened({ image, expert: mask, second: other }, { axis })
    const { geometry } = await readNifti(files.image)
    const along = sliceAxisOf(geometry, axis)
    const sliced = (volume: WritableVolume) => slicedVoxels(volume.voxels, geometry.shape, along)
    const made = await read()
    expect(made).toMatchObject({ id: "a", axis: along, labels: [1], annotators: {} })
    expect(made.geometry.shape[2]).toBe(geometry.shape[along])
    expect(made.image).toEqual(Float32Array.from(sliced(image)))
    expect([made.expert, made.second]).toEqual([sliced(mask), sliced(other)])
  })

  it("keeps other annotators by their names, and has no second one where there is none", async () => {
    const annotators = { clinician: [1, 1, 0, 0], student: [0, 0, 5, 5] }
    const made = await (await opened({ annotators })).read()
    expect(made.annotators).toEqual({
      clinician: Uint8Array.of(1, 1, 0, 0),
      student: Uint8Array.of(0, 0, 1, 1),
    })
    expect(made).not.toHaveProperty("second")
  })

  it("takes the labels that are called foreground, in every mask", async () => {
    const mask = [0, 1, 2, 3]
    const { read } = await opened(
      { expert: mask, second: mask, annotators: { x: mask } },
      { foreground: [2, 3] },
    )
    const inside = Uint8Array.of(0, 0, 1, 1)
    expect(await read()).toMatchObject({
      expert: inside,
      second: inside,
      annotators: { x: inside },
      labels: [2, 3],
    })
  })

  it("tells everything that is wrong with all the files at once, naming the case", async () => {
    const shifted = volume([0, 1, 0, 1], { ...grid, affine: spacingAffine([1, 1, 1]).with(0, [1, 0, 0, 5]) })
    const { files, read } = await opened({
      image: [7, 7, 7, 7],
      expert: [0, 1, 2, 0],
      second: shifted,
      annotators: { x: [0, 0.5, 0, 0] },
    })
    const { kind, problems } = await refusal(read())
    expect(kind).toBe("data")
    expect(problems.map(({ message, file, path }) => [message, file, path])).toEqual([
      ["the image is the same everywhere", files.image, "case a"],
      ["the mask holds more than 0 and one other value", files.expert, "case a"],
      ["mask and image differ in affine", files.second, "case a"],
      ["the mask holds fractions", files.annotators.x, "case a"],
    ])
    expect(problems[2]!.fix).toContain("set load.source.agreement: shape")
    expect(problems[2]!.expected).toContain(`(image ${files.image})`)
  })

  it("compares only the shapes when told to", async () => {
    const shifted = volume([0, 1, 0, 1], { ...grid, affine: spacingAffine([1, 1, 1]).with(0, [1, 0, 0, 5]) })
    const { read } = await opened({ expert: shifted }, { agreement: "shape" })
    expect([...(await read()).expert]).toEqual([0, 1, 0, 1])
  })

  it("goes on to the masks when the image cannot be read, with the place in the file after the case", async () => {
    const { files } = await opened({ expert: [0, 1, 2, 0] })
    const broken = { ...files, image: join(folder, "gone.nii") }
    const { problems } = await refusal(checkedCase(broken, options()))
    expect(problems.map(({ message, path }) => [message, path])).toEqual([
      ["there is no such file", "case a"],
      ["the mask holds more than 0 and one other value", "case a"],
    ])
    const unclear = await opened({ image: [1, Number.NaN, 2, 3] })
    expect((await refusal(unclear.read())).problems).toMatchObject([{ path: "case a" }])
    const series = await opened({}, { channel: 3 })
    expect((await refusal(series.read())).problems).toMatchObject([
      { message: "the file has no channel 3", path: "case a, dim" },
    ])
  })

  it("refuses a label that the data do not declare", async () => {
    const { read } = await opened({ expert: [0, 1, 1, 3] }, { foreground: [1], declared: [1, 2] })
    expect((await refusal(read())).problems).toMatchObject([
      { message: "the mask holds a label that dataset.json does not have" },
    ])
  })
})

describe("constancy", () => {
  it("refuses an image that is the same everywhere, and no other", async () => {
    const of = async (values: readonly number[]) => constancy(await readNifti(await saved(volume(values))))
    expect(await of([7, 7, 7, 7])).toEqual([
      {
        message: "the image is the same everywhere",
        file: expect.stringContaining(".nii"),
        found: "every voxel is 7",
        fix: "export the image again, or leave this case out",
      },
    ])
    expect(await of([7, 7, 7, 8])).toEqual([])
    expect(await of([8, 7, 7, 7])).toEqual([])
  })
})
