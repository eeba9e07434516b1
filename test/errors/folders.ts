import type { Geometry } from "../../src/data/dataset/dataset.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { phantom } from "../support/experimentFiles.ts"
import { but } from "./experimentFiles.ts"
import { firstCell } from "./firstCell.ts"
import type { Scenario, Subject } from "./scenario.ts"

type Files = Readonly<Record<string, string | Uint8Array>>

const volume = (geometry: Partial<Geometry>, voxels: readonly number[]): Uint8Array =>
  writeNifti({
    geometry: { shape: [2, 2, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]), ...geometry },
    datatype: "float32",
    voxels: Float32Array.from(voxels),
  })
const image = (first: number): Uint8Array => volume({}, [first, first + 1, first + 2, first + 3])
const mask = (...voxels: readonly number[]): Uint8Array =>
  volume({}, voxels.length === 0 ? [0, 1, 1, 0] : voxels)
const picture = png(ihdr(2, 2), idat(0, 0, 9, 0, 8, 7))

/** Three cases of two patients. */
const sound: Files = {
  "images/P1_a.nii": image(0),
  "images/P1_b.nii": image(10),
  "images/P2_a.nii": image(20),
  "masks/P1_a.nii": mask(),
  "masks/P1_b.nii": mask(),
  "masks/P2_a.nii": mask(),
}

const without = (...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(sound).filter(([name]) => !names.includes(name)))

/** Own data that cannot be trained with.
 *  @param options of the source and, after a line break, of load */
const own = (
  title: string,
  files: Files,
  { options = "", split = "{ test: 1 }", kind = "data" as Scenario["kind"] } = {},
): Scenario => ({
  title,
  command: "losslab run own.yaml",
  kind,
  files: {
    "own.yaml": but(phantom, `{ kind: folder, images: images, masks: masks${options} }\n  split: ${split}`),
    ...files,
  },
  run: firstCell("own.yaml", "data"),
})

/** A split file that cannot be used. */
const table = (title: string, csv: string | Uint8Array, kind: Scenario["kind"] = "config"): Scenario =>
  own(title, { ...sound, "split.csv": csv }, { split: "{ file: split.csv }", kind })

export const folders: Subject = {
  title: "Folders of one's own data, and splits",
  scenarios: [
    own("Images that are absent", {}),
    own("A folder without files", { "images/raw/P1_a.nii": image(0), "masks/P1_a.nii": mask() }),
    own("Images of another kind", { ...sound, "images/P3_a.dcm": "DICM" }),
    own("Masks by other names", {
      "images/P1_a.nii": image(0),
      "images/P2_a.nii": image(10),
      "masks/P1_a_seg.nii": mask(),
      "masks/P2_a_seg.nii": mask(),
    }),
    own("Names that do not fit their pattern", sound, { options: ', maskName: "{case}_mask"' }),
    own("A case without a mask", without("masks/P1_b.nii")),
    own("Two images of one case", { ...sound, "images/P1_a.nii.gz": "" }),
    own("A patient that no name shows", sound, { options: ", patient: '^(S[0-9]+)_'" }),
    own("An expression that is none", sound, { options: ", patient: '(P'", kind: "config" }),
    own("An expression without a group", sound, { options: ", patient: 'P[0-9]+'", kind: "config" }),
    own("A spacing without PNG images", sound, { options: ", spacingMm: [0.5, 0.5]" }),
    own("Images with and without a spacing", {
      ...sound,
      "images/P3_a.png": picture,
      "masks/P3_a.png": png(ihdr(2, 2), idat(0, 0, 1, 0, 1, 0)),
    }),
    own("Masks that disagree on inside", { ...sound, "masks/P2_a.nii": mask(0, 2, 2, 0) }),
    own("A label of the foreground that no mask holds", sound, { options: ", foreground: [1, 4]" }),
    own("A mask of fractions", { ...sound, "masks/P2_a.nii": mask(0, 0.25, 0.75, 1) }),
    own("A channel that is not there", sound, { options: ", channel: 1" }),
    own("Nobody left to train with", sound, { split: "{ train: 3, test: 1 }" }),
    own("Fractions of more than the whole", sound, { split: "{ train: 0.8, test: 0.4 }" }),
    own("A patient that the data do not have", sound, { split: "{ test: [P1_a, P3_a] }" }),
    own("A patient in two lists", sound, {
      split: "{ train: [P1_a, P1_b], test: [P1_a, P2_a] }",
      kind: "config",
    }),
    own(
      "A patient torn apart by its cases",
      { ...sound, "split.csv": "case,split\nP1_a,train\nP1_b,test\nP2_a,test\n" },
      {
        options: ", patient: '^(P[0-9]+)_'",
        split: "{ file: split.csv }",
      },
    ),
    own("A split file that is absent", sound, { split: "{ file: split.csv }", kind: "config" }),
    table("A split file without its columns", "name,fold\nP1_a,1\n"),
    table("A split file that is no CSV", 'patient,split\n"P1_a,train\n'),
    table("A split that does not exist", "patient,split\nP1_a,train\nP1_b,val\nP2_a,test\n", "data"),
    table("A split file that tests nobody", "patient,split\nP1_a,train\nP1_b,train\n", "data"),
  ],
}
