import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { encode } from "fast-png"
import { beforeAll, describe, expect, it } from "vitest"
import type { PredictCommand } from "../../src/commands/predict.ts"
import type { Geometry } from "../../src/data/dataset/dataset.ts"
import { slicedVoxels } from "../../src/data/dataset/slicing.ts"
import type { SafetensorsArray } from "../../src/data/files/safetensors.ts"
import { quaternionToAffine } from "../../src/data/nifti/orientation.ts"
import { readNifti } from "../../src/data/nifti/readNifti.ts"
import { readPng } from "../../src/data/png/readPng.ts"
import { refusal } from "../data/support/refusal.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useFolder } from "../support/folder.ts"
import { madeUpCheckpoint, madeUpWeights } from "../support/madeUpNetwork.ts"
import { imageOf, nifti, run, straight } from "./predictCommand.ts"

beforeAll(useJavascriptEngine)

const write = useFolder()

const oblique: Geometry = {
  shape: [30, 20, 3],
  spacingMm: [0.5, 0.75, 4],
  affine: quaternionToAffine(
    { bcd: [0.2, -0.3, 0.1], offsetMm: [-10, 20, 5], handedness: -1 },
    [0.5, 0.75, 4],
  ),
}

describe("predict", () => {
  it("writes masks under the images' names, in their geometry, and probabilities that agree with them", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii.gz", nifti(oblique, imageOf(oblique), true))
    write("images/b.nii", nifti(straight([24, 16, 1]), imageOf(straight([24, 16, 1]), 2)))
    write("images/.hidden.nii", "no image")
    write("images/notes.txt", "no image")
    const printed = await run({ probabilities: true })
    expect(printed).toMatch(/out\/a\.nii\.gz +\d+ +\d+\.\d %\nout\/b\.nii .*\n2 masks in out\n$/)
    expect(readdirSync("out").sort()).toEqual(["a.nii.gz", "b.nii", "probabilities"])
    expect(readdirSync("out/probabilities").sort()).toEqual(["a.nii.gz", "b.nii.gz"])
    const image = await readNifti("images/a.nii.gz")
    const mask = await readNifti("out/a.nii.gz")
    expect([mask.datatype, mask.geometry]).toEqual(["uint8", image.geometry])
    const share = await readNifti("out/probabilities/a.nii.gz")
    expect([share.datatype, share.geometry]).toEqual(["float32", image.geometry])
    expect(mask.voxels).toEqual(Uint8Array.from(share.voxels, (p) => (p >= 0.5 ? 1 : 0)))
    const inside = mask.voxels.filter((voxel) => voxel === 1).length
    expect(inside).toBeGreaterThan(0)
    expect(inside).toBeLessThan(mask.voxels.length)
  })

  it("cuts slices along the axis that the training cut them, and puts them back", async () => {
    const flat = straight([3, 24, 16], [4, 1, 1])
    const image = imageOf(flat)
    write("weights.safetensors", madeUpCheckpoint({ axis: "largest-spacing" }))
    write("images/flat.nii", nifti(flat, image))
    write("turned/flat.nii", nifti(straight([24, 16, 3], [1, 1, 4]), slicedVoxels(image, flat.shape, 0)))
    await run()
    await run({ input: "turned", out: "out2" })
    const [one, other] = [await readNifti("out/flat.nii"), await readNifti("out2/flat.nii")]
    expect(one.geometry).toEqual(flat)
    expect(slicedVoxels(one.voxels, flat.shape, 0)).toEqual(other.voxels)
    expect(new Set(one.voxels).size).toBe(2)
  })

  it("resamples by the image's own spacing, and is background where the image was cropped", async () => {
    const resize = { kind: "spacing", spacingMm: [1, 1] } as const
    write("weights.safetensors", madeUpCheckpoint({ resize }))
    const wide = straight([80, 16, 1], [0.5, 1, 1])
    write("images/wide.nii", nifti(wide))
    await run({ threshold: "0.000001" })
    // 40 mm, of which the middle 24 are seen: columns 16 to 63.
    const { voxels } = await readNifti("out/wide.nii")
    const columns = Array.from(
      { length: 80 },
      (_, column) => voxels.filter((v, i) => v === 1 && i % 80 === column).length,
    )
    expect(columns.slice(17, 63).every((count) => count === 16)).toBe(true)
    expect([...columns.slice(0, 15), ...columns.slice(65)].every((count) => count === 0)).toBe(true)
  })

  it("gives a PNG image a PNG mask", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    const geometry = straight([30, 20, 1])
    const png = encode({ width: 30, height: 20, data: imageOf(geometry), channels: 1, depth: 8 })
    write("images/p.png", png)
    write("same/p.nii", nifti(geometry))
    await run({ probabilities: true })
    await run({ input: "same/p.nii", out: "out2" })
    expect((await readPng("out/p.png")).voxels).toEqual(
      (await readNifti("out2/p.nii")).voxels.map((v) => 255 * v),
    )
    expect((await readPng("out/probabilities/p.png")).datatype).toBe("uint16")
  })

  it("prints one JSON object, and takes another threshold", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii", nifti(oblique))
    const found = JSON.parse(await run({ json: true, threshold: "0.2" }))
    const mask = await readNifti("out/a.nii")
    expect(found).toMatchObject({
      checkpoint: "weights.safetensors",
      threshold: 0.2,
      images: [
        {
          input: "images/a.nii",
          mask: "out/a.nii",
          probabilities: null,
          voxels: 1800,
          foregroundVoxels: mask.voxels.filter((voxel) => voxel === 1).length,
        },
      ],
    })
  })

  it("tells every problem of every image before anything is predicted", async () => {
    write("weights.safetensors", madeUpCheckpoint({ resize: { kind: "spacing", spacingMm: [0.001, 0.001] } }))
    write("images/a.nii", nifti(straight([24, 16, 1])))
    write("images/a.nii.gz", nifti(straight([24, 16, 1]), undefined, true))
    write("images/b.nii", "no image")
    write("images/c.png", "no image")
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("data")
    expect(problems.map(({ file, message }) => [file, message])).toEqual([
      ["images/a.nii.gz", "two images are of case a"],
      ["images/a.nii", "slices would be too large at the spacing of load.resize"],
      ["images/a.nii.gz", "slices would be too large at the spacing of load.resize"],
      ["images/b.nii", expect.anything()],
      ["images/c.png", expect.anything()],
    ])
    expect(problems.every(({ path }) => path?.startsWith("case "))).toBe(true)
    expect(readdirSync(".")).not.toContain("out")
  })

  it("predicts the others when voxels are damaged, then fails with what is wrong", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii.gz", nifti(straight([24, 16, 2]), undefined, true).subarray(0, 400))
    write("images/b.nii", nifti(straight([24, 16, 1]), new Uint8Array(24 * 16).fill(9)))
    write("images/c.nii", nifti(straight([24, 16, 1])))
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("data")
    expect(problems).toMatchObject([
      { file: "images/a.nii.gz", path: "case a, voxels" },
      { file: "images/b.nii", message: "the image is the same everywhere", path: "case b" },
    ])
    expect(readdirSync("out")).toEqual(["c.nii"])
  })

  it("fails as numerics, naming the image, when the network's output is not finite", async () => {
    write("weights.safetensors", madeUpCheckpoint({}, madeUpWeights(Number.NaN)))
    write("images/a.nii", nifti(straight([24, 16, 1])))
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("numerics")
    expect(problems).toMatchObject([{ file: "images/a.nii", path: "case a" }])
    expect(readdirSync("out")).toEqual([])
  })

  it("names the image whose output is not finite, be it not the first, and keeps the masks before it", async () => {
    const kernel = "params/encoder/0/conv1/kernel"
    const weights = madeUpWeights()
    const huge = { ...weights[kernel]!, data: weights[kernel]!.data.map(() => 3e38) } as SafetensorsArray
    const intensity = { kind: "scale", low: 50, high: 254 } as const
    write("weights.safetensors", madeUpCheckpoint({ intensity }, { ...weights, [kernel]: huge }))
    const geometry = straight([24, 16, 1])
    // The network sees the first as 0 everywhere, so that no weight of its first layer counts.
    write(
      "images/a.nii",
      nifti(
        geometry,
        imageOf(geometry).map((voxel) => voxel % 50),
      ),
    )
    for (const name of ["b", "c"]) write(`images/${name}.nii`, nifti(geometry))
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("numerics")
    expect(problems).toMatchObject([{ file: "images/b.nii", path: "case b" }])
    expect(readdirSync("out")).toEqual(["a.nii"])
  })

  it("stops at a signal, and keeps the masks that are whole", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    for (const name of ["a", "b", "c"]) write(`images/${name}.nii`, nifti(straight([24, 16, 1])))
    const { kind, problems } = await refusal(
      run({}, (text) => {
        if (text.includes("1/3")) process.emit("SIGINT")
      }),
    )
    expect(kind).toBe("interrupted")
    expect(problems[0]!.message).toContain("the masks that are in out are whole")
    expect(readdirSync("out")).toEqual(["a.nii"])
  })

  it.each<[string, Partial<PredictCommand>, string]>([
    ["no network", { checkpoint: undefined! }, "no trained network is named"],
    ["two networks", { run: "runs/a" }, "--run and --checkpoint name two networks"],
    ["a cell of a checkpoint", { cell: "a" }, "--cell goes with --run"],
    ["a threshold of 1", { threshold: "1" }, "--threshold is no probability"],
    ["a threshold of nothing", { threshold: "" }, "--threshold is no probability"],
    ["the folder of the images to write to", { out: "images/../images" }, "would overwrite the images"],
    ["a folder that is no run", { checkpoint: undefined!, run: "images" }, "this is no run directory"],
  ])("refuses %s as a mistake of usage", async (_, words, message) => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii", nifti(straight([24, 16, 1])))
    const { kind, problems } = await refusal(run(words))
    expect(kind).toBe("usage")
    expect(problems[0]!.message).toContain(message)
  })

  it.each([
    ["nothing", "gone", "there is no such file or folder"],
    ["another kind of file", "weights.safetensors", "the file is of a kind that losslab does not read"],
    ["a folder without images", "empty", "the folder holds no images"],
  ])("says so when --input is %s", async (_, input, message) => {
    write("weights.safetensors", madeUpCheckpoint())
    write("empty/notes.txt", "")
    const { kind, problems } = await refusal(run({ input }))
    expect(kind).toBe("data")
    expect(problems).toMatchObject([{ file: input, message }])
  })

  it("says that a checkpoint is a folder, and that --run takes one", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii", nifti(straight([24, 16, 1])))
    const { problems } = await refusal(run({ checkpoint: "images" }))
    expect(problems).toMatchObject([{ file: "images", found: "it is a folder" }])
    expect(problems[0]!.fix).toContain("--run")
  })

  it("blames the environment when --out cannot be written", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii", nifti(straight([24, 16, 1])))
    write("out", "a file")
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("environment")
    expect(problems).toMatchObject([{ file: "out", message: "the output directory cannot be written" }])
  })

  it("refuses to write over an image that a link leads to, be it asked to overwrite", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    const image = nifti(straight([24, 16, 1]))
    write("scans/a.nii", image)
    write("scans/probabilities/b.nii.gz", nifti(straight([24, 16, 1]), undefined, true))
    mkdirSync("images")
    symlinkSync("../scans/a.nii", "images/a.nii")
    const { kind, problems } = await refusal(run({ out: "scans", overwrite: true }))
    expect(kind).toBe("usage")
    expect(problems).toMatchObject([
      { message: "the predictions would overwrite the images", file: "scans/a.nii" },
    ])
    rmSync("images/a.nii")
    symlinkSync("../scans/probabilities/b.nii.gz", "images/b.nii.gz")
    const other = await refusal(run({ out: "scans", overwrite: true, probabilities: true }))
    expect(other.problems).toMatchObject([{ file: "scans/probabilities/b.nii.gz" }])
    expect(readFileSync("scans/a.nii").equals(image)).toBe(true)
  })

  it("keeps the files that are there, and names them, unless it is asked to overwrite", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    for (const name of ["a", "b", "c", "d", "e", "f", "g"]) {
      write(`images/${name}.nii`, nifti(straight([24, 16, 1])))
      if (name !== "g") write(`out/${name}.nii`, "drawn by hand")
    }
    write("out/probabilities/a.nii.gz", "earlier")
    const { kind, problems } = await refusal(run())
    expect(kind).toBe("usage")
    expect(problems).toMatchObject([
      { file: "out", found: "out/a.nii, out/b.nii, out/c.nii, out/d.nii, out/e.nii, 1 more" },
    ])
    expect(problems[0]!.fix).toContain("--overwrite")
    expect(readFileSync("out/a.nii", "utf8")).toBe("drawn by hand")
    const share = await refusal(run({ input: "images/a.nii", probabilities: true }))
    expect(share.problems).toMatchObject([{ found: "out/a.nii, out/probabilities/a.nii.gz" }])
    await run({ input: "images/g.nii" })
    expect(readdirSync("out")).toContain("g.nii")
  })

  it("overwrites its own masks, whole, when it is asked to", async () => {
    write("weights.safetensors", madeUpCheckpoint())
    write("images/a.nii", nifti(straight([24, 16, 1])))
    await run()
    const first = readFileSync("out/a.nii")
    rmSync("images/a.nii")
    write("images/a.nii", nifti(straight([24, 16, 1]), imageOf(straight([24, 16, 1]), 7)))
    await run({ overwrite: true })
    expect(readFileSync("out/a.nii")).toHaveLength(first.length)
    expect(readFileSync("out/a.nii").equals(first)).toBe(false)
  })
})
