import type { Resize } from "../../data/dataset/fit.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

/** Ways of slices to the training size. */
export const resizeCatalog: Catalog<Resize> = {
  size: entry<object, Resize>({
    doc: "Stretched to load.size, rows and columns each by its own factor.",
    fields: {},
    sources: ["data/dataset/fit.ts"],
    build: () => ({ kind: "size" }),
  }),
  spacing: entry<{ readonly spacingMm: readonly [number, number] }, Resize>({
    doc: "Resampled to one spacing in all cases, then cropped or padded about the centre to load.size. The padding is 0 after the intensity rule; a prediction is background where the slice was cropped.",
    fields: {
      spacingMm: {
        tag: "list",
        doc: "Between rows and between columns, in mm.",
        item: { tag: "number", doc: "Millimetres.", exclusiveMinimum: 0 },
        minItems: 2,
        maxItems: 2,
      },
    },
    sources: ["data/dataset/fit.ts"],
    build: ({ spacingMm }) => ({ kind: "spacing", spacingMm }),
  }),
}

export const buildResize = (spec: PartSpec): Part<Resize> => buildPart(resizeCatalog, spec)
