import { describe, expect, it } from "vitest"
import { keyOf, type NamedFiles, someOf, unreadImages } from "../../../src/data/sources/namedFiles.ts"
import { pairedCases, passedOver, patientRemark } from "../../../src/data/sources/pairedCases.ts"
import type { Problem } from "../../../src/failure/failure.ts"

const role = (folder: string, names: readonly string[], others: readonly string[] = []): NamedFiles => ({
  folder,
  pattern: "{case}",
  path: `load.source.${folder}`,
  renaming: (pattern) => `call them ${pattern}`,
  files: new Map(names.map((name) => [keyOf(name), { name, file: `${folder}/${name}.nii` }])),
  others,
})

const paired = (
  images: readonly string[],
  masks: readonly string[],
  second?: readonly string[],
  patient: string | null = null,
  group: "train" | "test" | null = null,
) => {
  const problems: Problem[] = []
  const roles = {
    images: role("images", images),
    masks: role("masks", masks),
    ...(second === undefined ? {} : { second: role("second", second) }),
  }
  return { cases: pairedCases(roles, { patient, group }, problems), problems }
}
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `c${i + 1}`)

describe("pairedCases", () => {
  it("pairs by name whatever the capitals, and keeps the image's own name and the source's group", () => {
    expect(paired(["Ab", "c"], ["c", "aB"], ["AB", "c"], null, "test")).toEqual({
      problems: [],
      cases: [
        {
          ...{ id: "Ab", patient: "Ab", group: "test" },
          ...{ image: "images/Ab.nii", expert: "masks/aB.nii", second: "second/AB.nii", annotators: {} },
        },
        {
          ...{ id: "c", patient: "c", group: "test" },
          ...{ image: "images/c.nii", expert: "masks/c.nii", second: "second/c.nii", annotators: {} },
        },
      ],
    })
    expect(paired(["a"], ["a"]).cases).toEqual([
      { id: "a", patient: "a", group: null, image: "images/a.nii", expert: "masks/a.nii", annotators: {} },
    ])
  })

  it("names what one side lacks, up to twenty of them, and pairs the rest", () => {
    const fix = "add what is missing, or take away the rest"
    expect(paired(["a", "b", "c"], ["c", "d"])).toMatchObject({
      cases: [{ id: "c" }],
      problems: [
        { message: "images have no mask", file: "masks", path: "load.source.masks", found: "a, b", fix },
        { message: "masks have no image", file: "images", path: "load.source.masks", found: "d", fix },
      ],
    })
    const many = paired([...numbered(21), "a"], ["a"]).problems
    expect(many).toMatchObject([{ found: `${numbered(20).join(", ")}, ... (21 in all)` }])
    expect(paired([...numbered(20), "a"], ["a"]).problems[0]!.found).toBe(numbered(20).join(", "))
  })

  it("says the same of a second annotator's masks", () => {
    const { cases, problems } = paired(["a", "b"], ["a", "b"], ["b", "c"])
    expect(problems).toMatchObject([
      { message: "images have no mask", file: "second", path: "load.source.second", found: "a" },
      { message: "masks have no image", file: "images", path: "load.source.second", found: "c" },
    ])
    expect(cases.map((one) => [one.id, one.second])).toEqual([
      ["a", undefined],
      ["b", "second/b.nii"],
    ])
    expect(cases[0]).not.toHaveProperty("second")
  })

  it("guesses the pattern when nothing pairs", () => {
    const problem = (images: readonly string[], masks: readonly string[]) => {
      const { cases, problems } = paired(images, masks)
      expect(cases).toEqual([])
      return problems
    }
    expect(problem(["a", "b"], ["x", "seg of a"])).toEqual([
      {
        message: "no image has a mask of its name",
        file: "masks",
        path: "load.source.masks",
        expected: "the names of images: a, b",
        found: "x, seg of a",
        fix: "call them seg of {case}",
      },
    ])
    expect(problem(["a"], ["x"])).toMatchObject([{ fix: "call them {case}_mask" }])
  })

  it("says nothing of a side that has no files at all, which is said elsewhere", () => {
    expect(paired(["a"], [])).toEqual({ cases: [], problems: [] })
    expect(paired([], ["a"])).toEqual({ cases: [], problems: [] })
  })

  it("finds the patient by the expression's group, and names the cases where it finds none", () => {
    const names = ["P1_l", "P1_r", "Q2", "\u00e4_3"]
    expect(paired(names, names, undefined, "^(\\p{L}\\d?)").cases.map(({ patient }) => patient)).toEqual([
      "P1",
      "P1",
      "Q2",
      "\u00e4",
    ])
    const { cases, problems } = paired(names, names, undefined, "^(P\\d)_")
    expect(cases.map(({ patient }) => patient)).toEqual(["P1", "P1", "", ""])
    expect(problems).toEqual([
      {
        message: "the patient cannot be found in the names of cases",
        path: "load.source.patient",
        expected: "names in which ^(P\\d)_ finds a patient",
        found: "Q2, \u00e4_3",
        fix: "change the expression, or write null when every case is of another patient",
      },
    ])
    // The group may take no part in what is found.
    expect(paired(["a"], ["a"], undefined, "a|(b)").problems).toHaveLength(1)
  })
})

describe("passedOver", () => {
  it("names files that no role of a folder took, once for each folder", () => {
    const images = role("scans", [], ["notes.txt", "a_mask.nii"])
    const masks = { ...role("./scans/", [], ["notes.txt", "a_t2.nii"]), path: "load.source.masks" }
    const second = role("second", [], ["list.csv"])
    expect(passedOver([images, masks, second])).toEqual([
      "Passed over beside the files of load.source.scans: notes.txt.",
      "Passed over beside the files of load.source.second: list.csv.",
    ])
    expect(passedOver([role("a", [], []), role("b", [])])).toEqual([])
    expect(passedOver([role("a", [], ["1", "2", "3", "4"])])).toEqual([
      "Passed over beside the files of load.source.a: 1, 2, 3, ... (4 in all).",
    ])
  })
})

describe("patientRemark", () => {
  it("counts cases and patients", () => {
    const { cases } = paired(["P1_l", "P1_r", "P2_l"], ["P1_l", "P1_r", "P2_l"], undefined, "^(P\\d)")
    expect(patientRemark(cases, "^(P\\d)")).toBe("3 cases of 2 patients.")
    expect(patientRemark(cases, null)).toBe("Every one of the 3 cases counts as a patient of its own.")
  })
})

describe("names", () => {
  it("are shown up to three, or as many as are asked for, with how many there are", () => {
    expect(someOf(["a", "b", "c"])).toBe("a, b, c")
    expect(someOf(["a", "b", "c", "d"])).toBe("a, b, c, ... (4 in all)")
    expect(someOf(["a", "b"], 1)).toBe("a, ... (2 in all)")
  })

  it("are the same whatever their capitals and the form of their accents", () => {
    expect(keyOf("\u00c9A")).toBe(keyOf("e\u0301a"))
    expect(keyOf("a")).not.toBe(keyOf("b"))
  })

  it("tell images of kinds that are not read from other files", () => {
    const unread = ["a.NII", "a.Nii.Gz", "a.PNG", "a.hdr", "a.img.gz", "a.mha", "a.nrrd", "a.dcm", "a.jpg"]
    const more = ["a.jpeg", "a.tif", "a.tiff", "a.bmp", "a.gif", "a.webp", "a.npy", "a.npz", "a.mat", "a.mhd"]
    expect(unreadImages([...unread, ...more])).toEqual([...unread, ...more])
    expect(unreadImages(["a.nii", "a.nii.gz", "a.png", "notes.txt", "png", "a.png.txt", "a.json"])).toEqual(
      [],
    )
  })
})
