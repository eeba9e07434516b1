import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Dataset, Geometry, SliceAxis, SliceSet } from "../../../src/data/dataset/dataset.ts"
import { datasetFromFiles, datasetToFiles } from "../../../src/data/dataset/datasetFiles.ts"
import { packMask } from "../../../src/data/dataset/packedMask.ts"
import { decodeSafetensors } from "../../../src/data/files/safetensors.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"
import { refusal } from "../support/refusal.ts"

const saved = async (dataset: Dataset): Promise<string> => {
  const folder = await temporaryFolder()
  for (const [name, bytes] of Object.entries(datasetToFiles(dataset)))
    await writeFile(join(folder, name), bytes)
  return folder
}

const triple = <A>(each: fc.Arbitrary<A>) => fc.tuple(each, each, each)
const number = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 64)
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 3 })

const geometry: fc.Arbitrary<Geometry> = fc.record({
  shape: triple(fc.integer({ min: 1, max: 4 })),
  spacingMm: triple(fc.integer({ min: 1, max: 1000 }).map((value) => value / 100)),
  affine: fc.array(fc.array(number, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
})

const bits = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length, max: 1 }).map((mask) => mask)

const testCase = fc
  .record({ geometry, axis: fc.constantFrom<SliceAxis>(0, 1, 2), annotators: names })
  .chain(({ geometry, axis, annotators }) => {
    const mask = bits(geometry.shape[0] * geometry.shape[1] * geometry.shape[2]).map(packMask)
    return fc.record({
      id: fc.string(),
      patient: fc.string(),
      geometry: fc.constant(geometry),
      axis: fc.constant(axis),
      expert: mask,
      annotators: fc
        .tuple(...annotators.map(() => mask))
        .map((masks) => Object.fromEntries(annotators.map((name, i) => [name, masks[i]!]))),
    })
  })

const slices = (rows: number, columns: number, hasSecond: boolean) =>
  fc.array(fc.record({ case: fc.string(), slice: fc.nat(9) }), { maxLength: 3 }).chain((ids) => {
    const length = ids.length * rows * columns
    return fc.record({
      count: fc.constant(ids.length),
      ids: fc.constant(ids),
      images: fc.array(number, { minLength: length, maxLength: length }).map((all) => Float32Array.from(all)),
      masks: bits(length),
      ...(hasSecond ? { second: bits(length) } : {}),
    }) as fc.Arbitrary<SliceSet>
  })

const datasets: fc.Arbitrary<Dataset> = fc
  .record({
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    seconds: triple(fc.boolean()),
  })
  .chain(({ rows, columns, seconds: [train, validation, test] }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      resize: fc.constantFrom<Dataset["resize"]>({ kind: "size" }, { kind: "spacing", spacingMm: [0.5, 2] }),
      train: slices(rows, columns, train),
      validation: slices(rows, columns, validation),
      test: slices(rows, columns, test),
      testCases: fc.array(testCase, { maxLength: 3 }),
      patients: fc.record({ train: names, validation: names, test: names }),
      remarks: names,
    }),
  )

const small = (changes: Partial<Dataset> = {}): Dataset => {
  const none = { count: 0, ids: [], images: new Float32Array(0), masks: new Uint8Array(0) }
  const one = {
    count: 2,
    ids: [0, 1].map((slice) => ({ case: "a", slice })),
    images: Float32Array.from({ length: 12 }, (_, i) => i),
    masks: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
  }
  return {
    rows: 2,
    columns: 3,
    resize: { kind: "size" },
    train: one,
    validation: none,
    test: none,
    testCases: [],
    patients: { train: ["a"], validation: [], test: [] },
    remarks: [],
    ...changes,
  }
}

describe("datasetToFiles", () => {
  test.prop([datasets], { numRuns: 50 })(
    "is undone by datasetFromFiles, whatever the dataset holds",
    async (dataset) => {
      const folder = await saved(dataset)
      expect(await datasetFromFiles(folder)).toEqual(dataset)
      await rm(folder, { recursive: true })
    },
  )

  it("says the shape of the slices, [slices, rows, columns], to whoever opens the files", () => {
    const { arrays } = decodeSafetensors(datasetToFiles(small())["train.safetensors"]!)
    expect(arrays).toMatchObject({
      images: { dtype: "F32", shape: [2, 2, 3] },
      masks: { dtype: "U8", shape: [2, 2, 3] },
    })
  })

  it("gives the same bytes for the same dataset", () => {
    expect(datasetToFiles(small())).toEqual(datasetToFiles(small()))
  })
})

describe("datasetFromFiles", () => {
  it("names the file that is missing, and what to do", async () => {
    const folder = await saved(small())
    for (const name of ["test.safetensors", "dataset.json"]) {
      await rm(join(folder, name))
      expect(await refusal(datasetFromFiles(folder))).toMatchObject({
        kind: "data",
        problems: [
          {
            message: "a stored dataset is incomplete",
            file: join(folder, name),
            found: expect.stringContaining("ENOENT"),
            fix: "run the same command again",
          },
        ],
      })
    }
  })

  it("notices a changed bit of any array, and names its file", async () => {
    const mask = packMask(Uint8Array.of(1, 0, 1, 1))
    const { geometry } = { geometry: { shape: [2, 2, 1], spacingMm: [1, 1, 1], affine: [] } as Geometry }
    const testCases = [{ id: "a", patient: "a", geometry, axis: 2 as const, expert: mask, annotators: {} }]
    const dataset = small({ testCases })
    for (const name of ["train.safetensors", "case-0.safetensors"]) {
      const folder = await saved(dataset)
      const bytes = datasetToFiles(dataset)[name]!.slice()
      bytes[bytes.length - 1]! ^= 1
      await writeFile(join(folder, name), bytes)
      expect((await refusal(datasetFromFiles(folder))).problems).toMatchObject([
        { message: "the data do not match their checksum", file: join(folder, name) },
      ])
    }
  })
})
