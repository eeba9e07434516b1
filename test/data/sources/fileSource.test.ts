import { existsSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../../src/data/nifti/writeNifti.ts"
import { fileSource, type Inventory } from "../../../src/data/sources/fileSource.ts"
import { useFolder } from "../../support/folder.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

const nifti = (voxels: readonly number[]) =>
  writeNifti({
    geometry: { shape: [2, 2, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
    datatype: "uint8",
    voxels: Uint8Array.from(voxels),
  })

const inventory = (): Inventory => ({
  cases: ["a", "b"].map((id, i) => ({
    ...{ id, patient: `patient of ${id}`, group: "train" as const, annotators: {} },
    image: write(`${id}.nii`, nifti([i, 1, 2, 3])),
    expert: write(`${id} mask.nii`, nifti([0, 5, 5 * i, 7])),
  })),
  reading: {
    ...{ agreement: "geometry", foreground: [5], axis: "z", channel: null, spacingMm: null },
  },
  remarks: ["made up"],
})

describe("fileSource", () => {
  it("lists what was found, once for all that is asked", async () => {
    let lists = 0
    const list = async () => {
      lists++
      return inventory()
    }
    const source = fileSource("two files", list, "digests.json")
    expect(source.description).toBe("two files")
    expect(lists).toBe(0)
    expect(await source.cases()).toEqual([
      { id: "a", patient: "patient of a", group: "train" },
      { id: "b", patient: "patient of b", group: "train" },
    ])
    expect(await source.foreground!()).toEqual([5])
    expect(await source.remarks!()).toEqual(["made up"])
    expect(await source.fingerprint()).toMatch(/^[0-9a-f]{64}$/)
    expect(existsSync("digests.json")).toBe(true)
    // The case that is asked for, read as the inventory says.
    expect(await source.read("b")).toMatchObject({
      id: "b",
      image: Float32Array.of(1, 1, 2, 3),
      expert: Uint8Array.of(0, 1, 1, 0),
    })
    expect((await source.read("a")).id).toBe("a")
    expect(lists).toBe(1)
  })

  it("remembers nothing where it is told no place to", async () => {
    await fileSource("two files", async () => inventory(), undefined).fingerprint()
    expect(existsSync("digests.json")).toBe(false)
  })

  it("refuses a case that is not there", async () => {
    expect(
      await refusal(fileSource("two files", async () => inventory(), undefined).read("c")),
    ).toMatchObject({
      kind: "data",
      problems: [{ message: "there is no case c" }],
    })
  })
})
