import { type Intensity, type ScaleOptions, scale } from "../../data/intensity.ts"
import type { PartSpec } from "../cellSpec.ts"
import type { Part } from "../part.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"

/** Rules from voxel intensities to the network's input. */
export const intensityCatalog: Catalog<Intensity> = {
  scale: entry<ScaleOptions, Intensity>({
    doc: "From low..high to 0..1, clamped.",
    fields: {
      low: { tag: "number", doc: "The intensity that becomes 0.", default: 0 },
      high: {
        tag: "number",
        doc: "The intensity that becomes 1; 254 is what MicroSegNet divides by.",
        default: 254,
      },
    },
    check: ({ low, high }: ScaleOptions) =>
      low < high
        ? null
        : { path: "high", message: `not larger than low, ${low}`, fix: "raise high, or lower low" },
    sources: ["data/intensity.ts"],
    build: scale,
  }),
}

export const buildIntensity = (spec: PartSpec): Part<Intensity> => buildPart(intensityCatalog, spec)
