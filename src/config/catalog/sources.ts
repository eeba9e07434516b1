import { microUltrasound } from "../../data/microUltrasound.ts"
import { type PhantomOptions, phantomDefaults, phantomSource } from "../../data/phantom/phantom.ts"
import type { Agreement } from "../../data/sameGrid.ts"
import type { Source } from "../../data/source.ts"
import type { PartSpec } from "../cellSpec.ts"
import type { Part } from "../part.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"

interface MicroUltrasoundFields {
  readonly folder: string
  readonly train: number
  readonly test: number
  readonly agreement: Agreement
}

/** Where data come from. What they leave on disk lies beside the store, below the current folder. */
export const sourceCatalog: Catalog<Source> = {
  microUltrasound: entry<MicroUltrasoundFields, Source>({
    doc: "Micro-ultrasound of the prostate as published (Zenodo record 10475293): one NIfTI volume per patient.",
    fields: {
      folder: { tag: "text", path: "folder", doc: "The unpacked archive, with the folders train and test." },
      train: { tag: "integer", minimum: 1, doc: "Training patients that must be there.", default: 55 },
      test: { tag: "integer", minimum: 1, doc: "Test patients that must be there.", default: 20 },
      agreement: {
        tag: "enum",
        values: ["geometry", "shape"],
        doc: "What image and masks must share: shape, spacing and affine, or only the shape.",
        default: "geometry",
      },
    },
    sources: ["data/microUltrasound.ts"],
    build: ({ folder, train, test, agreement }) =>
      microUltrasound({ folder, expect: { train, test }, agreement, digestCache: ".losslab/digests.json" }),
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
    sources: ["data/phantom/phantom.ts"],
    build: (options) => phantomSource({ ...options, cacheFolder: ".losslab/phantom" }),
  }),
}

export const buildSource = (spec: PartSpec): Part<Source> => buildPart(sourceCatalog, spec)
