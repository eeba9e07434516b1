import {
  type Intensity,
  type PercentileOptions,
  percentile,
  type ScaleOptions,
  scale,
  type WindowOptions,
  window,
  zscore,
} from "../../data/dataset/intensity.ts"
import type { NumberDescription } from "../language/description.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

const percent = (doc: string, value: number): NumberDescription => ({
  tag: "number",
  doc,
  minimum: 0,
  maximum: 100,
  default: value,
})

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
    sources: ["data/dataset/intensity.ts"],
    build: scale,
  }),
  zscore: entry<object, Intensity>({
    doc: "Mean 0 and standard deviation 1 in each volume, for scans without a scale of their own, as MRI.",
    fields: {},
    sources: ["data/dataset/intensity.ts"],
    build: zscore,
  }),
  percentile: entry<PercentileOptions, Intensity>({
    doc: "From the low to the high percentile of each volume to 0..1, clamped: as scale, but deaf to a few extreme voxels.",
    fields: {
      low: percent("So many percent of the voxels lie below what becomes 0.", 0.5),
      high: percent("So many percent lie below what becomes 1.", 99.5),
    },
    check: ({ low, high }: PercentileOptions) =>
      low < high ? null : { path: "high", message: `must be larger than low, ${low}` },
    sources: ["data/dataset/intensity.ts"],
    build: percentile,
  }),
  window: entry<WindowOptions, Intensity>({
    doc: "A window to 0..1, clamped, for scans in physical units: Hounsfield units in CT.",
    fields: {
      level: { tag: "number", doc: "The intensity in the middle, which becomes 0.5." },
      width: {
        tag: "number",
        exclusiveMinimum: 0,
        doc: "From the intensity that becomes 0 to the one that becomes 1.",
      },
    },
    sources: ["data/dataset/intensity.ts"],
    build: window,
  }),
}

export const buildIntensity = (spec: PartSpec): Part<Intensity> => buildPart(intensityCatalog, spec)
