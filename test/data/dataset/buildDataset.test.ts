import { describe, expect, it } from "vitest"
import { buildDataset, type DatasetOptions } from "../../../src/data/dataset/buildDataset.ts"
import { packMask } from "../../../src/data/dataset/packedMask.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import type { CaseVolume, Source } from "../../../src/data/sources/source.ts"
import { failure } from "../../../src/failure/failure.ts"
import { refusal } from "../support/refusal.ts"

/** Volumes of 4 x 2 pixels and two slices; the first shows a prostate on the left half, the second none. */
const volume = (id: string): CaseVolume => {
  const expert = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0, ...Array(8).fill(0))
  const annotated = id.startsWith("train")
    ? { second: expert, annotators: {} }
    : { annotators: { clinician: expert } }
  return {
    id,
    axis: 2,
    geometry: { shape: [4, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
    image: Float32Array.from({ length: 16 }, (_, i) => i),
    expert,
    ...annotated,
  }
}

const train = ["train_1", "train_2", "train_3"].map((id) => ({ id, patient: id, group: "train" as const }))

const source = (read: (id: string) => CaseVolume = volume): Source => ({
  description: "made up",
  fingerprint: async () => "1",
  cases: async () => [...train, { id: "test_1", patient: "test_1", group: "test" }],
  read: async (id) => read(id),
})

const options: DatasetOptions = {
  split: { train: "all", validation: 1, test: "all", seed: 3, table: null },
  size: [1, 2],
  resize: { kind: "size" },
  intensity: (voxels) => voxels.map((value) => value / 2),
}

describe("buildDataset", () => {
  it("makes slices of the training size, by patient", async () => {
    const progress: string[] = []
    const dataset = await buildDataset(source(), {
      ...options,
      onCase: (done, total) => progress.push(`${done}/${total}`),
    })
    expect(dataset.train.count).toBe(4)
    expect(dataset.train.ids).toEqual(
      dataset.patients.train.flatMap((name) => [0, 1].map((slice) => ({ case: name, slice }))),
    )
    // Slice 0 has 0 1 2 3 over 4 5 6 7, so blocks of mean 2.5 and 4.5, halved by the intensity rule.
    expect([...dataset.test.images]).toEqual([1.25, 2.25, 5.25, 6.25])
    expect([...dataset.test.masks]).toEqual([1, 0, 0, 0])
    expect(dataset.validation.second).toEqual(dataset.validation.masks)
    expect(dataset.test.second).toBeUndefined()
    const { geometry, expert } = volume("test_1")
    expect(dataset.testCases).toEqual([
      {
        id: "test_1",
        patient: "test_1",
        geometry,
        axis: 2,
        expert: packMask(expert),
        annotators: { clinician: packMask(expert) },
      },
    ])
    expect(dataset.remarks).toEqual([
      "2 of 4 training slices show no foreground",
      "1 of 2 validation slices show no foreground",
      "1 of 2 test slices show no foreground",
    ])
    expect(progress).toEqual(["1/4", "2/4", "3/4", "4/4"])
    expect(dataset).toMatchObject({ rows: 1, columns: 2, resize: { kind: "size" } })
    const { patients } = dataset
    expect(patients.validation).toHaveLength(1)
    expect([...patients.train, ...patients.validation].sort()).toEqual(["train_1", "train_2", "train_3"])
    expect(dataset.validation.ids).toEqual([0, 1].map((slice) => ({ case: patients.validation[0], slice })))
  })

  it("passes on what the source has to remark, first", async () => {
    const dataset = await buildDataset({ ...source(), remarks: async () => ["made up"] }, options)
    expect(dataset.remarks.slice(0, 2)).toEqual(["made up", "2 of 4 training slices show no foreground"])
  })

  it("remarks on slices without foreground by split, each of its own", async () => {
    const masks = source((id) => ({ ...volume(id), ...(id === "test_1" && { expert: new Uint8Array(16) }) }))
    expect((await buildDataset(masks, options)).remarks).toEqual([
      "2 of 4 training slices show no foreground",
      "1 of 2 validation slices show no foreground",
      "2 of 2 test slices show no foreground",
    ])
  })

  it("keeps the axis along which the file was sliced", async () => {
    const dataset = await buildDataset(
      source((id) => ({ ...volume(id), axis: 1 })),
      options,
    )
    expect(dataset.testCases.map(({ axis }) => axis)).toEqual([1])
  })

  it("has no training slices where the split names nobody to train with", async () => {
    const dataset = await buildDataset(source(), { ...options, split: { ...options.split, train: [] } })
    expect(dataset.train).toMatchObject({ count: 0, ids: [] })
    expect(dataset.patients.train).toEqual([])
  })

  it("keeps the cases of a patient together", async () => {
    const both = ["test_1a", "test_1b"].map((id) => ({ id, patient: "test_1", group: "test" as const }))
    const cases = async () => [both[0]!, ...train, both[1]!]
    const dataset = await buildDataset({ ...source(), cases }, options)
    expect(dataset.patients.test).toEqual(["test_1"])
    expect(dataset.testCases.map(({ id, patient }) => [id, patient])).toEqual([
      ["test_1a", "test_1"],
      ["test_1b", "test_1"],
    ])
    expect(dataset.test.ids.map(({ case: id }) => id)).toEqual(["test_1a", "test_1a", "test_1b", "test_1b"])
  })

  it("remarks on patients and cases that no split takes", async () => {
    const left = await buildDataset(source(), { ...options, split: { ...options.split, train: 1 } })
    expect(left.remarks[0]).toMatch(/^1 patient is in no split: train_[123]$/)
    const place = (name: string, split: "train" | "test") => ({ name, split, by: "case", place: {} }) as const
    const table = { problems: [], placements: [place("train_1", "train"), place("test_1", "test")] }
    const cases = async () => [
      ...(await source().cases()),
      { id: "train_1b", patient: "train_1", group: "train" as const },
    ]
    const byFile = await buildDataset(
      { ...source(), cases },
      { ...options, split: { ...options.split, table } },
    )
    expect(byFile.remarks.slice(0, 2)).toEqual([
      "2 patients are in no split: train_2, train_3",
      "1 case is left out, of patients that are used: train_1b",
    ])
  })

  it("remarks on masks that cropping cuts, and keeps the native masks whole", async () => {
    const resize = { kind: "spacing", spacingMm: [1, 1] } as const
    // The prostate is in columns 0 and 1 of four, of which columns 1 and 2 are seen, and in column 3 of slice 1.
    const expert = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0)
    const cut = source((id) => ({ ...volume(id), expert }))
    const dataset = await buildDataset(cut, { ...options, size: [2, 2], resize })
    expect([...dataset.test.masks]).toEqual([1, 0, 1, 0, 0, 0, 0, 0])
    expect([...dataset.test.images.subarray(0, 4)]).toEqual([0.5, 1, 2.5, 3])
    expect(dataset.remarks[0]).toMatch(
      /^cropping to load.size cuts off 12 voxels of the expert's masks in 4 cases: (train_[123], ){3}test_1$/,
    )
    expect(dataset).toMatchObject({ resize, testCases: [{ expert: packMask(expert) }] })
  })

  it("reports every case's problems, not only the first one's", async () => {
    const broken = source((id) => {
      if (id === "train_2" || id === "test_1") throw failure("data", { message: `${id} is broken` })
      return volume(id)
    })
    const { kind, problems } = await refusal(buildDataset(broken, options))
    expect(kind).toBe("data")
    expect(problems.map(({ message }) => message).sort()).toEqual(["test_1 is broken", "train_2 is broken"])
  })

  it("says nothing of the cases together before each can be read", async () => {
    const broken = source((id) => {
      if (id === "test_1") throw failure("data", { message: "broken" })
      const { second: _, ...without } = volume(id)
      return id === "train_1" ? without : volume(id)
    })
    expect((await refusal(buildDataset(broken, options))).problems).toMatchObject([{ message: "broken" }])
  })

  it("compares the labels of all masks with those that the source calls foreground", async () => {
    const labelled = source((id) => ({ ...volume(id), labels: id === "test_1" ? [3] : [1] }))
    const asked = (foreground: readonly number[] | null) =>
      buildDataset({ ...labelled, foreground: async () => foreground }, options)
    expect((await asked([1, 3])).test.count).toBe(2)
    expect((await refusal(asked([1, 2, 3]))).problems).toMatchObject([
      { message: "no mask holds the label 2" },
    ])
    for (const attempt of [() => asked(null), () => buildDataset(labelled, options)])
      expect((await refusal(attempt())).problems).toMatchObject([
        { message: "the masks do not agree on the value that means inside", path: "load.source.foreground" },
      ])
  })

  it("names the case of a problem once, before the place that the problem has", async () => {
    const paths = new Map([
      ["train_1", undefined],
      ["train_2", "voxels"],
      ["train_3", "case train_3, voxels"],
      ["test_1", "case test_1"],
    ])
    const broken = source((id) => {
      const path = paths.get(id)
      throw failure("data", { message: "broken", ...(path === undefined ? {} : { path }) })
    })
    const { problems } = await refusal(buildDataset(broken, options))
    expect(problems.map(({ path }) => path).sort()).toEqual([
      "case test_1",
      "case train_1",
      "case train_2, voxels",
      "case train_3, voxels",
    ])
  })

  it("lets through what is not about the data", async () => {
    const broken = source(() => {
      throw new TypeError("a bug")
    })
    await expect(buildDataset(broken, options)).rejects.toThrow(TypeError)
    const full = source(() => {
      throw failure("environment", { message: "the disk is full" })
    })
    expect((await refusal(buildDataset(full, options))).kind).toBe("environment")
  })

  it("refuses training masks that are all empty, and those that are at the training size", async () => {
    const empty = source((id) => {
      const whole = volume(id)
      return id.startsWith("train") ? { ...whole, expert: new Uint8Array(16) } : whole
    })
    expect((await refusal(buildDataset(empty, options))).problems).toEqual([
      {
        message: "no training mask has anything inside",
        path: "load.source",
        expected: "foreground in at least one training mask",
        fix: "check that the masks were exported as labels, and load.source.foreground",
      },
    ])
    // Columns 1 and 2 of four are seen, and the mask is in column 0.
    const aside = source((id) => ({
      ...volume(id),
      expert: Uint8Array.from({ length: 16 }, (_, i) => (i % 4 === 0 ? 1 : 0)),
    }))
    const cropping = { ...options, size: [2, 2], resize: { kind: "spacing", spacingMm: [1, 1] } } as const
    expect((await refusal(buildDataset(aside, cropping))).problems).toEqual([
      {
        message: "no training mask has anything inside at the training size",
        path: "load.size",
        expected: "foreground in at least one training slice",
        fix: "choose a larger load.size, so that the foreground is neither cropped nor lost",
      },
    ])
  })

  it("takes training masks of which one has something inside", async () => {
    const masks = source((id) => ({
      ...volume(id),
      expert: new Uint8Array(16).fill(id === "train_2" ? 1 : 0),
    }))
    const split = { ...options.split, train: ["train_1", "train_2"], validation: 0 }
    expect([...(await buildDataset(masks, { ...options, split })).train.masks]).toEqual([
      ...[0, 0, 0, 0],
      ...[1, 1, 1, 1],
    ])
  })

  it("refuses a second annotator for some cases only, be they for training or for validation", async () => {
    // One slice each, so that a case has a first slice and no other.
    const single = (id: string): CaseVolume => {
      const { geometry, image, expert } = volume(id)
      const first = { image: image.slice(0, 8), expert: expert.slice(0, 8), second: expert.slice(0, 8) }
      return { ...volume(id), geometry: { ...geometry, shape: [4, 2, 1] }, ...first }
    }
    const partial = (...ids: readonly string[]) =>
      source((id) => {
        const { second: _, ...without } = single(id)
        return ids.includes(id) ? without : single(id)
      })
    const split = { ...options.split, train: ["train_1", "train_3"], validation: ["train_2"] }
    const of = async (...ids: readonly string[]) =>
      (await refusal(buildDataset(partial(...ids), { ...options, split }))).problems
    expect(await of("train_1", "train_3")).toEqual([
      {
        message: "the second annotator is missing for some of the cases",
        path: "load.source",
        expected: "masks of the second annotator for all cases or for none",
        found: "none for train_1, train_3",
      },
    ])
    expect(await of("train_2")).toMatchObject([{ found: "none for train_2" }])
    const none = await buildDataset(partial("train_1", "train_2", "train_3"), { ...options, split })
    expect(none.train.second).toBeUndefined()
  })
})
