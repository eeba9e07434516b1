import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { CaseFiles } from "../../../src/data/sources/caseFiles.ts"
import { caseFingerprint } from "../../../src/data/sources/caseFingerprint.ts"
import { useFolder } from "../../support/folder.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

const one = (id: string, changes: Partial<CaseFiles> = {}): CaseFiles => ({
  id,
  patient: id,
  group: null,
  image: write(`${id} image`, `image of ${id}`),
  expert: write(`${id} expert`, "mask"),
  annotators: {},
  ...changes,
})
const options = { foreground: null, channel: null }

const of = (...cases: readonly CaseFiles[]) => caseFingerprint(cases, options, undefined)

describe("caseFingerprint", () => {
  it("is the same for the same contents, wherever they lie and whatever is remembered of them", async () => {
    const before = await of(one("a"), one("b"))
    expect(before).toMatch(/^[0-9a-f]{64}$/)
    const moved = { image: write("elsewhere/x", "image of a"), expert: write("elsewhere/y", "mask") }
    expect(await of(one("a", moved), one("b"))).toBe(before)
    for (let i = 0; i < 2; i++)
      expect(await caseFingerprint([one("a"), one("b")], options, "digests.json")).toBe(before)
  })

  it("differs with what the values of the files mean", async () => {
    const all = [
      { ...options },
      { ...options, channel: 0 },
      { ...options, foreground: [1] },
      { ...options, foreground: [1, 2] },
      { ...options, declared: [1] },
    ].map((meaning) => caseFingerprint([one("a")], meaning, undefined))
    expect(new Set(await Promise.all(all)).size).toBe(all.length)
  })

  it("differs with everything that says which case is whose, and with the content of every file", async () => {
    const second = write("second", "drawn again")
    const full = (changes: Partial<CaseFiles> = {}) =>
      one("a", { second, annotators: { clinician: write("clinician", "drawn") }, ...changes })
    const all = [
      await of(full()),
      await of(full({ group: "train" })),
      await of(full({ group: "test" })),
      await of(full({ patient: "p" })),
      await of({ ...full(), id: "b" }),
      await of(full({ image: write("other", "another image") })),
      await of(full({ expert: write("other", "another mask") })),
      await of(full({ second: write("other", "drawn a third time") })),
      await of(full({ annotators: { clinician: write("other", "drawn worse") } })),
      await of(full({ annotators: { student: write("clinician", "drawn") } })),
      await of(full({ annotators: {} })),
      await of(one("a", { annotators: { clinician: write("clinician", "drawn") } })),
      // The same files in other roles.
      await of(one("a", { annotators: { second } })),
      await of(one("a")),
      await of(one("a"), one("b")),
      await of(one("b"), one("a")),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it("refuses one image for two patients, naming both files, and allows it for one", async () => {
    const image = write("twin", "image of a")
    expect(await refusal(of(one("a"), one("b", { image })))).toMatchObject({
      kind: "data",
      problems: [
        {
          message: "two patients have the same image",
          file: "twin",
          path: "case b",
          found: "the same bytes as a image",
          fix: "remove one of them, or say that they are of one patient: in two splits they make the test worthless",
        },
      ],
    })
    await expect(of(one("a"), one("b", { image, patient: "a" }))).resolves.toMatch(/^[0-9a-f]{64}$/)
    // Masks may well be alike.
    await expect(of(one("a"), one("b"))).resolves.toMatch(/^[0-9a-f]{64}$/)
  })

  it("names every file that cannot be read, and is no twin of another such", async () => {
    const cases = [
      one("a", { image: "gone", expert: "gone too" }),
      one("b", { image: "gone" }),
      one("c", { annotators: { clinician: "." } }),
    ]
    const { kind, problems } = await refusal(of(...cases))
    expect(kind).toBe("data")
    const words = { message: "the file cannot be read", fix: "name a file that you may read" }
    expect(problems).toEqual([
      { ...words, file: "gone", path: "case a", found: expect.any(String) },
      { ...words, file: "gone too", path: "case a", found: expect.any(String) },
      { ...words, file: "gone", path: "case b", found: expect.any(String) },
      { ...words, file: ".", path: "case c", found: expect.any(String) },
    ])
  })

  it("keeps what was learnt even when something is refused", async () => {
    await refusal(caseFingerprint([one("a", { expert: "gone" })], options, "digests.json"))
    expect(Object.keys(JSON.parse(readFileSync("digests.json", "utf8")))).toEqual([
      `${process.cwd()}/a image`,
    ])
  })
})
