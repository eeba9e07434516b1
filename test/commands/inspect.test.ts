import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { inspect } from "../../src/commands/inspect.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import { emptyFolder, refusal } from "../data/support/refusal.ts"

const bytes = writeNifti({
  geometry: { shape: [3, 2, 1], spacingMm: [0.5, 1, 2], affine: spacingAffine([0.5, 1, 2]) },
  datatype: "int16",
  voxels: Int16Array.of(-4, 0, 2, 2, 2, 10),
})

const saved = async (change: (view: DataView) => void = () => {}): Promise<string> => {
  const copy = bytes.slice()
  change(new DataView(copy.buffer))
  const file = join(await emptyFolder(), "volume.nii")
  await writeFile(file, copy)
  return file
}

const printed = async (file: string, json: boolean): Promise<string> => {
  let text = ""
  await inspect(file, {
    json,
    out: (part) => {
      text += part
    },
  })
  return text
}

describe("inspect", () => {
  it("prints one JSON object, values after scaling", async () => {
    const file = await saved((view) => {
      view.setFloat32(112, 2, true)
      view.setFloat32(116, 1, true)
    })
    expect(JSON.parse(await printed(file, true))).toEqual({
      file,
      shape: [3, 2, 1],
      spacingMm: [0.5, 1, 2],
      datatype: "int16",
      affine: spacingAffine([0.5, 1, 2]),
      min: -7,
      max: 21,
      mean: 5, // 2 * (12 / 6) + 1
      voxels: 6,
    })
  })

  it("keeps the two sides of a 2-D image", async () => {
    const file = await saved((view) => view.setInt16(40, 2, true))
    expect(JSON.parse(await printed(file, true))).toMatchObject({ shape: [3, 2], spacingMm: [0.5, 1] })
  })

  it("prints a few lines for people", async () => {
    const file = await saved()
    expect(await printed(file, false)).toBe(
      [
        file,
        "shape     3 x 2 x 1, 6 voxels",
        "spacing   0.5 x 1 x 2 mm",
        "datatype  int16",
        "values    -4 to 10, mean 2",
        "affine           0.5          0          0          0",
        "                   0          1          0          0",
        "                   0          0          2          0",
        "",
      ].join("\n"),
    )
  })

  it("says how stored values are scaled, and shortens numbers to six places", async () => {
    const file = await saved((view) => {
      view.setFloat32(112, 1 / 3, true)
      view.setFloat32(116, -1, true)
    })
    const text = await printed(file, false)
    expect(text).toContain("\ndatatype  int16, scaled by 0.333333, plus -1\n")
    // -4 / 3 - 1, 10 / 3 - 1, 2 / 3 - 1
    expect(text).toContain("\nvalues    -2.33333 to 2.33333, mean -0.333333\n")
  })

  it("prints nothing about a file that is not sound", async () => {
    const file = await saved((view) => view.setInt16(72, 8, true))
    const { problems } = await refusal(printed(file, true))
    expect(problems).toMatchObject([{ file, path: "bitpix" }])
  })
})
