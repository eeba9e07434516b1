import { mkdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { namedFiles } from "../../../src/data/sources/namedFiles.ts"
import type { Problem } from "../../../src/failure/failure.ts"
import { useFolder } from "../../support/folder.ts"

const write = useFolder()

const found = async (folder: string, pattern = "{case}") => {
  const problems: Problem[] = []
  const place = {
    folder,
    pattern,
    path: "load.source.images",
    renaming: (likely: string) => `write ${likely}`,
  }
  const { files, others, ...rest } = await namedFiles(place, problems)
  expect(rest).toEqual(place)
  return { files: Object.fromEntries(files), others, problems }
}
const fill = (...names: readonly string[]) => {
  for (const name of names) write(`f/${name}`, "")
}
const place = { file: "f", path: "load.source.images" }

describe("namedFiles", () => {
  it("finds cases by the end of the name, in the order of the names, and passes hidden files and folders over", async () => {
    fill("b.nii", "a.nii.gz", "c.png", ".a.nii", ".DS_Store", "notes.txt", "readme")
    mkdirSync("f/d.nii")
    const { files, others, problems } = await found("f")
    expect(Object.entries(files)).toEqual([
      ["a", { name: "a", file: "f/a.nii.gz" }],
      ["b", { name: "b", file: "f/b.nii" }],
      ["c", { name: "c", file: "f/c.png" }],
    ])
    expect(others).toEqual(["notes.txt", "readme"])
    expect(problems).toEqual([])
  })

  it("takes the case's name from between what the pattern has before and after it, if there is any of it", async () => {
    fill(
      "img_P1_0000.nii",
      "img__0000.nii",
      "img_P2_0001.nii",
      "P3_0000.nii",
      "img_0000.nii",
      "img_\u00e9_0000.nii",
    )
    const { files, others } = await found("f", "img_{case}_0000")
    expect(Object.values(files).map(({ name }) => name)).toEqual(["P1", "\u00e9"])
    expect(others).toEqual(["P3_0000.nii", "img_0000.nii", "img_P2_0001.nii", "img__0000.nii"])
  })

  it("goes by Unicode's composed form, in names and in patterns, and by small letters to tell cases apart", async () => {
    fill("Ze\u0301_e\u0301.nii")
    const { files } = await found("f", "{case}_\u00e9")
    expect(files).toEqual({ "z\u00e9": { name: "Z\u00e9", file: "f/Ze\u0301_e\u0301.nii" } })
    expect((await found("f", "{case}_e\u0301")).files).toEqual(files)
  })

  it("refuses two files of one case, whatever their endings and capitals, and keeps the first", async () => {
    fill("P1.nii", "P1.nii.gz", "p1.png", "p2.nii")
    const { files, problems } = await found("f")
    expect(Object.values(files).map(({ file }) => file)).toEqual(["f/P1.nii", "f/p2.nii"])
    const fix =
      "keep one, or rename one: names that differ only in their ending or in capital letters are of one case"
    expect(problems).toEqual([
      { ...place, message: "two files are of the case P1", found: "P1.nii.gz and f/P1.nii", fix },
      { ...place, message: "two files are of the case p1", found: "p1.png and f/P1.nii", fix },
    ])
  })

  it("refuses images of other kinds, which are no other files", async () => {
    fill("a.nii", "b.mha", "c.NII", "d.jpg", "e.dcm", "notes.txt")
    expect(await found("f")).toMatchObject({
      others: ["notes.txt"],
      problems: [
        {
          ...place,
          message: "the folder holds images of a kind that losslab does not read",
          expected: "names that end in .nii, .nii.gz or .png, in small letters",
          found: "b.mha, c.NII, d.jpg, ... (4 in all)",
          fix: "convert or rename them, or move them to another folder",
        },
      ],
    })
    expect((await found("f", "{case}_mask")).problems).toHaveLength(1)
  })

  it("refuses names that cannot be shown", async () => {
    fill("a.nii", "bell\u0007.nii", "\ufffd.nii")
    expect((await found("f")).problems).toEqual([
      {
        ...place,
        message: "the folder holds names with characters that cannot be shown",
        found: "bell\u0007.nii, \ufffd.nii",
        fix: "rename these files",
      },
    ])
  })

  it("says that a folder is missing, no folder, empty, or without a name that fits", async () => {
    const nothing = { files: {}, others: [] }
    expect(await found("gone")).toEqual({
      ...nothing,
      problems: [{ ...place, file: "gone", message: "there is no such folder", fix: "check the path" }],
    })
    write("file", "")
    expect(await found("file")).toEqual({
      ...nothing,
      problems: [
        {
          ...place,
          file: "file",
          message: "the folder cannot be read",
          found: expect.any(String),
          fix: "name a folder that you may read",
        },
      ],
    })
    mkdirSync("f")
    expect(await found("f")).toEqual({
      ...nothing,
      problems: [{ ...place, message: "the folder holds no files", fix: "name the folder that holds them" }],
    })
    fill("a.nii", "b.nii", "c.nii", "d.nii")
    expect(await found("f", "img_{case}")).toEqual({
      files: {},
      others: ["a.nii", "b.nii", "c.nii", "d.nii"],
      problems: [
        {
          ...place,
          message: "no file of the folder has a name that fits",
          expected: "names such as img_P01.nii.gz",
          found: "a.nii, b.nii, c.nii, ... (4 in all)",
          fix: "write {case}_mask",
        },
      ],
    })
  })
})
