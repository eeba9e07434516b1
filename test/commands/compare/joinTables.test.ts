import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { compare } from "../../../src/commands/compare.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { emptyFolder } from "../../data/support/refusal.ts"
import { comparedAsJson } from "./tableFile.ts"

const tables = async (contents: Readonly<Record<string, string>>): Promise<string[]> => {
  const folder = await emptyFolder()
  return Promise.all(
    Object.entries(contents).map(async ([name, content]) => {
      const file = join(folder, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
      return file
    }),
  )
}

const problemsOf = async (files: readonly string[]) => {
  const thrown = await comparedAsJson(files).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(Failure)
  return (thrown as Failure).problems
}

// As `evaluate --csv` writes them, in another order of the cases.
const unet = "case,dice,hd95_mm,outcome\na,0.9,2,scored\nb,0.8,3,scored\nc,0.7,4,scored\n"
const other = "case,dice,hd95_mm,outcome\nc,0.9,1,scored\na,0.8,1,scored\nd,0.1,9,scored\n"

describe("compare, of several tables", () => {
  it("takes each for the scores of one method, and joins them by case", async () => {
    const [dice, hd95] = await comparedAsJson(await tables({ "unet.csv": unet, "other.csv": other }))
    expect(dice).toMatchObject({ metric: "dice", methods: ["unet", "other"], n: 4 })
    // a: 0.9 - 0.8, c: 0.7 - 0.9; b and d are in one table only.
    expect(dice!.pairs[0]).toMatchObject({ n: 2, dropped: 2, firstBetter: 1, secondBetter: 1 })
    expect(dice!.pairs[0]!.meanDifference).toBeCloseTo(-0.05, 12)
    expect(hd95!.pairs[0]!.meanDifference).toBeCloseTo((2 - 1 + (4 - 1)) / 2, 12)
  })

  it("says the same as of one table with the columns side by side", async () => {
    const [joined] = await comparedAsJson(await tables({ "unet.csv": unet, "other.csv": other }))
    const side = "case,unet.dice,other.dice\na,0.9,0.8\nb,0.8,\nc,0.7,0.9\nd,,0.1\n"
    const [whole] = await comparedAsJson(await tables({ "side.csv": side }))
    expect({ ...joined, pairs: joined!.pairs.map(({ holmP: _, ...pair }) => pair) }).toEqual({
      ...whole,
      pairs: whole!.pairs.map(({ holmP: _, ...pair }) => pair),
    })
  })

  it("calls methods by their folder where the files are called the same", async () => {
    const [dice] = await comparedAsJson(await tables({ "one/scores.csv": unet, "two/scores.csv": other }))
    expect(dice!.methods).toEqual(["one/scores", "two/scores"])
  })

  it("knows the columns that evaluate writes where the size of pixels is unknown, and does not mix them with mm", async () => {
    const pixels = (text: string) => text.replace("hd95_mm", "hd95_pixels")
    const both = await comparedAsJson(await tables({ "a.csv": pixels(unet), "b.csv": pixels(other) }))
    expect(both.map(({ metric }) => metric)).toEqual(["dice", "hd95"])
    expect(await problemsOf(await tables({ "a.csv": unet, "b.csv": pixels(other) }))).toMatchObject([
      { message: "some distances are in pixels and others in mm" },
    ])
  })

  it("tells of every file that cannot be read, and names them all where all can", async () => {
    const [first, second] = await tables({ "unet.csv": unet, "other.csv": other })
    const missing = [`${first}.no`, `${second}.no`]
    expect(
      (await problemsOf([missing[0]!, second!, missing[1]!])).map(({ file, message }) => [file, message]),
    ).toEqual(missing.map((file) => [file, "there is no such file"]))
    let text = ""
    const out = (part: string) => {
      text += part
    }
    await compare([first!, second!], { json: false, out })
    expect(text.startsWith(`${first}, ${second}: 4 cases\n`)).toBe(true)
  })

  it("points at a wrong score in its own file", async () => {
    const [first, second] = await tables({ "unet.csv": unet, "other.csv": other.replace("0.1", "1.1") })
    expect(await problemsOf([first!, second!])).toMatchObject([
      { file: second, line: 4, column: 3, message: "the score is out of range" },
    ])
  })

  it("refuses tables without a metric, with a case twice, and without a common case, all at once", async () => {
    const files = await tables({ "a.csv": "case,agBce\na,0.1\nb,0.2\n", "b.csv": `${unet}a,1,1,scored\n` })
    expect((await problemsOf(files)).map(({ message }) => message)).toEqual([
      "no column holds a metric",
      "case `a` is there twice",
    ])
    const apart = await tables({ "a.csv": unet, "b.csv": "case,dice\nx,0.1\ny,0.2\n" })
    expect(await problemsOf(apart)).toMatchObject([
      { message: "the tables have no case in common", found: "a, b, c; x, y" },
    ])
  })
})

describe("the first column", () => {
  it.each(["Case ID", "patient_id", "Patient No.", "id", "filename", "Scan", "subjects"])(
    "names the cases when it is headed %s, numbers though they are",
    async (heading) => {
      const files = await tables({ "t.csv": `${heading},a,b\n101,.2,.3\n102,.4,.3\n105,.7,.6\n` })
      expect((await comparedAsJson(files))[0]).toMatchObject({ methods: ["a", "b"], n: 3 })
    },
  )
})
