import { sliceAxes } from "../../data/dataset/slicing.ts"
import type { Agreement } from "../../data/files/sameGrid.ts"
import { type PhantomOptions, phantomDefaults, phantomSource } from "../../data/phantom/phantomSource.ts"
import { type FolderOptions, folder } from "../../data/sources/folder.ts"
import { microUltrasound } from "../../data/sources/microUltrasound.ts"
import { type NnunetOptions, nnunet } from "../../data/sources/nnunet/nnunet.ts"
import type { Source } from "../../data/sources/source.ts"
import type { Description, EnumDescription, RecordFault, TextDescription } from "../language/description.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

interface MicroUltrasoundFields {
  readonly folder: string
  readonly train: number
  readonly test: number
  readonly foreground: readonly number[] | null
  readonly agreement: Agreement
}

/** What was learnt of files' contents, beside the store. */
const digestCache = ".losslab/digests.json"

const agreement: EnumDescription = {
  tag: "enum",
  values: ["geometry", "shape"],
  doc: "What image and masks must share: shape, spacing and affine, or only the shape.",
  default: "geometry",
}

const axis: EnumDescription = {
  tag: "enum",
  values: sliceAxes,
  doc: "Axis of the file along which slices lie; largest-spacing: the one with the fewest voxels per mm, z if in doubt.",
  default: "largest-spacing",
}

const orNull = (...options: readonly Description[]): Description => ({
  tag: "anyOf",
  doc: options[0]!.doc,
  options,
  default: null,
})

const foreground = orNull({
  tag: "list",
  doc: "Values of a mask that are inside; null: masks hold 0 and one other value, which is.",
  item: { tag: "integer", doc: "A value.", minimum: 1 },
  minItems: 1,
})

const channel = orNull({
  tag: "integer",
  doc: "Which image to use where there are several of a case, counted from 0; null: there is one.",
  minimum: 0,
})

const patient = orNull({
  tag: "text",
  doc: "Regular expression whose only group finds the patient in a case's name, such as ^(P[0-9]+)_; null: every case is a patient.",
})

const name = (whose: string): TextDescription => ({
  tag: "text",
  doc: `What the file names of ${whose} look like, without the ending; {case} stands for the case's name.`,
  pattern: { regex: "^[^{}/]*\\{case\\}[^{}/]*$", words: "a name with {case} in it, once, and no folder" },
  default: "{case}",
})

/** Of the expression that finds the patient. */
const patientFault = ({ patient }: { readonly patient: string | null }): RecordFault | null => {
  if (patient === null) return null
  try {
    // Matched by its empty alternative, it tells how many groups it has.
    const groups = new RegExp(`${patient}|`, "u").exec("")!.length - 1
    if (groups === 1) return null
    return {
      path: "patient",
      message: "the expression does not have one group",
      found: `${groups} groups`,
      fix: "put brackets around the patient: ^(P[0-9]+)_",
    }
  } catch (error) {
    const found = (error as Error).message
    return { path: "patient", message: "not a regular expression", found, fix: "correct the expression" }
  }
}

/** Where data come from. What they leave on disk lies beside the store, below the current folder. */
export const sourceCatalog: Catalog<Source> = {
  microUltrasound: entry<MicroUltrasoundFields, Source>({
    doc: "Micro-ultrasound of the prostate as published (Zenodo record 10475293): one NIfTI volume per patient.",
    fields: {
      folder: { tag: "text", path: "folder", doc: "The unpacked archive, with the folders train and test." },
      train: { tag: "integer", minimum: 1, doc: "Training patients that must be there.", default: 55 },
      test: { tag: "integer", minimum: 1, doc: "Test patients that must be there.", default: 20 },
      foreground,
      agreement,
    },
    sources: ["data/sources/microUltrasound.ts"],
    build: ({ train, test, ...options }) =>
      microUltrasound({ ...options, expect: { train, test }, digestCache }),
  }),
  folder: entry<FolderOptions, Source>({
    doc: "A folder of images and one of masks, .nii, .nii.gz or .png, 2-D or 3-D, paired by the names of the cases.",
    fields: {
      images: { tag: "text", path: "folder", doc: "The folder of the images." },
      masks: { tag: "text", path: "folder", doc: "The folder of the expert's masks." },
      second: orNull({
        tag: "text",
        path: "folder",
        doc: "The folder of a second annotator's masks, for the losses that need them; null: there are none.",
      }),
      imageName: name("images"),
      maskName: name("masks"),
      secondName: name("the second annotator's masks"),
      patient,
      foreground,
      axis,
      channel,
      spacingMm: orNull({
        tag: "list",
        doc: "Spacing of PNG images in mm, [row, column]; null: distances are in pixels.",
        item: { tag: "number", doc: "Millimetres.", exclusiveMinimum: 0 },
        minItems: 2,
        maxItems: 2,
      }),
      agreement,
    },
    check: patientFault,
    sources: ["data/sources/folder.ts"],
    build: (options) => folder(options, digestCache),
  }),
  nnunet: entry<NnunetOptions, Source>({
    doc: "A dataset of the Medical Segmentation Decathlon, or in nnU-Net's raw layout: dataset.json, imagesTr, labelsTr, and imagesTs with labelsTs for testing.",
    fields: {
      folder: { tag: "text", path: "folder", doc: "The folder that holds dataset.json." },
      foreground: orNull({
        tag: "list",
        doc: "Labels that are inside, by the names of dataset.json or as values; null: its only label.",
        item: {
          tag: "anyOf",
          doc: "A label.",
          options: [
            { tag: "text", doc: "A name in dataset.json." },
            { tag: "integer", doc: "A value.", minimum: 1 },
          ],
        },
        minItems: 1,
      }),
      channel,
      patient,
      axis,
      agreement,
    },
    check: patientFault,
    sources: ["data/sources/nnunet/nnunet.ts"],
    build: (options) => nnunet(options, digestCache),
  }),
  phantom: entry<PhantomOptions, Source>({
    doc: "Made-up volumes in the published layout, for trying and testing without the data; not a result about patients.",
    fields: {
      train: { tag: "integer", minimum: 1, doc: "Training patients.", default: phantomDefaults.train },
      test: { tag: "integer", minimum: 1, doc: "Test patients.", default: phantomDefaults.test },
      slices: {
        tag: "integer",
        minimum: 1,
        maximum: 100,
        doc: "Mean number of slices per patient.",
        default: phantomDefaults.slices,
      },
      rows: {
        tag: "integer",
        minimum: 16,
        maximum: 2048,
        doc: "Pixels down a slice, over 32.31 mm.",
        default: phantomDefaults.rows,
      },
      columns: {
        tag: "integer",
        minimum: 16,
        maximum: 2048,
        doc: "Pixels across a slice, over 46.08 mm.",
        default: phantomDefaults.columns,
      },
      seed: { tag: "integer", doc: "Another seed gives other patients.", default: phantomDefaults.seed },
    },
    sources: ["data/phantom/phantomSource.ts"],
    build: (options) => phantomSource({ ...options, cacheFolder: ".losslab/phantom" }),
  }),
}

export const buildSource = (spec: PartSpec): Part<Source> => buildPart(sourceCatalog, spec)
