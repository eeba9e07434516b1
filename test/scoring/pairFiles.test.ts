import { mkdirSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { pairFiles } from "../../src/scoring/pairFiles.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"

const write = useFolder()
const files = (...names: readonly string[]) => {
  for (const name of names) write(name, "")
}

describe("pairFiles", () => {
  it("pairs two files, whatever their names", async () => {
    files("mine.nii", "expert.nii.gz")
    expect(await pairFiles("mine.nii", "expert.nii.gz")).toEqual({
      pairs: [{ case: "expert", prediction: "mine.nii", reference: "expert.nii.gz" }],
      problems: [],
    })
  })

  it("pairs the masks of two folders by name, whatever the ending, in the order of the names", async () => {
    files("p/b.nii.gz", "p/a.x.nii", "p/c.PNG", "r/c.png", "r/b.nii", "r/a.x.nii.gz")
    // Passed over: hidden, another ending, a folder.
    files("p/.b.nii", "p/dataset.json", "r/._a.x.nii.gz", "r/more/d.nii")
    const { pairs, problems } = await pairFiles("p", "r")
    expect(problems).toEqual([])
    expect(pairs).toEqual([
      { case: "a.x", prediction: "p/a.x.nii", reference: "r/a.x.nii.gz" },
      { case: "b", prediction: "p/b.nii.gz", reference: "r/b.nii" },
      { case: "c", prediction: "p/c.PNG", reference: "r/c.png" },
    ])
  })

  it("takes names for the same that differ in capitals or in how an accent is stored", async () => {
    files("p/CAF\u00c9.nii", "r/cafe\u0301.nii")
    expect((await pairFiles("p", "r")).pairs).toEqual([
      { case: "cafe\u0301", prediction: "p/CAF\u00c9.nii", reference: "r/cafe\u0301.nii" },
    ])
  })

  it("lists every case that one side lacks, and still pairs the others", async () => {
    files("p/a.nii", "p/d.nii", "r/a.nii", "r/b.nii", "r/c.nii.gz")
    const { pairs, problems } = await pairFiles("p", "r")
    expect(pairs.map((pair) => pair.case)).toEqual(["a"])
    expect(problems).toEqual([
      {
        message: "2 references have no prediction",
        file: "p",
        expected: "a prediction for each reference in r",
        found: "none for b, c",
        fix: "add what is missing, or score folders of the same cases: none is left out silently",
      },
      {
        message: "1 prediction has no reference",
        file: "r",
        expected: "a reference for each prediction in p",
        found: "none for d",
        fix: "add what is missing, or score folders of the same cases: none is left out silently",
      },
    ])
  })

  it("shows three names of each side when nothing pairs", async () => {
    files("p/1.nii", "p/2.nii", "r/a.nii", "r/b.nii", "r/c.nii", "r/d.nii")
    const { pairs, problems } = await pairFiles("p", "r")
    expect(pairs).toEqual([])
    expect(problems).toEqual([
      {
        message: "no prediction has the name of a reference",
        file: "p",
        expected: "names as in r: a, b, c, ... (4 in all)",
        found: "1, 2",
        fix: "name each prediction as its reference is named; only the endings .nii, .nii.gz and .png may differ",
      },
    ])
  })

  it("refuses two files of one case in a folder", async () => {
    files("p/a.nii", "p/a.nii.gz", "r/A.png", "r/a.nii")
    expect((await pairFiles("p", "r")).problems).toEqual([
      {
        message: "two predictions are of case a",
        file: "p/a.nii.gz",
        found: "also p/a.nii",
        fix: "keep one of the two",
      },
      {
        message: "two references are of case a",
        file: "r/a.nii",
        found: "also r/A.png",
        fix: "keep one of the two",
      },
    ])
  })

  it("lists all such files in the order of their names, then what it does not read", async () => {
    files("p/b.png", "p/b.nii", "p/a.nii", "p/a.png", "p/c.mha", "r/a.nii", "r/b.nii")
    const { pairs, problems } = await pairFiles("p", "r")
    expect(problems.map(({ file, found }) => [file, found])).toEqual([
      ["p/a.png", "also p/a.nii"],
      ["p/b.png", "also p/b.nii"],
      ["p", "c.mha"],
    ])
    expect(pairs.map(({ prediction }) => prediction)).toEqual(["p/a.nii", "p/b.nii"])
  })

  it("says that nothing pairs where each folder holds one mask", async () => {
    files("p/1.nii", "r/a.nii")
    expect((await pairFiles("p", "r")).problems).toMatchObject([
      { message: "no prediction has the name of a reference", found: "1" },
    ])
  })

  it("says what a folder without masks holds", async () => {
    mkdirSync("empty")
    files("p/1.txt", "p/2.txt", "p/3.txt", "p/4.txt")
    expect((await pairFiles("p", "empty")).problems).toMatchObject([
      { message: "the folder holds no masks", file: "p", found: "1.txt, 2.txt, 3.txt, ... (4 in all)" },
      { message: "the folder holds no masks", file: "empty", found: "nothing" },
    ])
  })

  it("leaves no image of another kind out silently", async () => {
    files("p/a.nii", "p/b.mha", "r/a.nii", "r/c.nrrd")
    expect((await pairFiles("p", "r")).problems).toMatchObject([
      { message: "the folder holds images of a kind that losslab does not read", file: "p", found: "b.mha" },
      { message: "the folder holds images of a kind that losslab does not read", file: "r", found: "c.nrrd" },
    ])
  })

  it("refuses a file and a folder as a usage error", async () => {
    files("p/a.nii", "a.nii")
    const { kind, problems } = await refusal(pairFiles("p", "a.nii"))
    expect(kind).toBe("usage")
    expect(problems).toMatchObject([{ found: "folder p, file a.nii" }])
  })

  it("names both paths when neither leads anywhere", async () => {
    const { kind, problems } = await refusal(pairFiles("x", "y/z.nii"))
    expect(kind).toBe("data")
    expect(problems.map(({ file }) => file)).toEqual(["x", "y/z.nii"])
  })

  it("names the one path that leads nowhere, and what to do", async () => {
    files("p/a.nii", "a.nii")
    for (const [p, r] of [
      ["p", "x"],
      ["x", "p"],
      ["a.nii/b.nii", "a.nii"],
    ] as const)
      expect((await refusal(pairFiles(p, r))).problems).toEqual([
        {
          message: "there is no such file or folder",
          file: p === "p" ? "x" : p,
          fix: "check the path",
        },
      ])
  })

  it("says a file and a folder the other way round, too", async () => {
    files("r/a.nii", "a.nii")
    expect((await refusal(pairFiles("a.nii", "r"))).problems).toEqual([
      {
        message: "--predictions and --reference are a file and a folder",
        expected: "two files, or two folders",
        found: "file a.nii, folder r",
      },
    ])
  })

  it("throws on what the system says of a path beside that it leads nowhere", async () => {
    files("a.nii")
    await expect(pairFiles("a.nii", "x".repeat(5000))).rejects.toMatchObject({ code: "ENAMETOOLONG" })
  })

  it("passes over folders whose names look like masks", async () => {
    files("p/a.nii", "r/a.nii", "r/b.nii/inside.txt")
    mkdirSync("p/c.png")
    expect(await pairFiles("p", "r")).toEqual({
      pairs: [{ case: "a", prediction: "p/a.nii", reference: "r/a.nii" }],
      problems: [],
    })
  })

  it("sorts by the names of the references, capitals first, however the folders list them", async () => {
    const names = ["b", "B", "a10", "a2", "Z"].flatMap((name) => [`p/${name}.png`, `r/${name}.nii`])
    files(...names.filter((name) => !name.includes("B.")))
    expect((await pairFiles("p", "r")).pairs.map((pair) => pair.case)).toEqual(["Z", "a10", "a2", "b"])
  })

  it("says nothing of what is missing where one side holds no masks", async () => {
    mkdirSync("p")
    files("r/a.nii", "r/b.nii")
    const { pairs, problems } = await pairFiles("p", "r")
    expect(pairs).toEqual([])
    expect(problems).toEqual([
      {
        message: "the folder holds no masks",
        file: "p",
        expected: "files whose names end in .nii, .nii.gz or .png",
        found: "nothing",
      },
    ])
    expect((await pairFiles("r", "p")).problems).toEqual(problems)
  })
})
