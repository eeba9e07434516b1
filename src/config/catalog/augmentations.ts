import type { Augmentation } from "../../augmentations/augmentation.ts"
import { type FlipOptions, flip } from "../../augmentations/flip.ts"
import { type GammaOptions, gamma } from "../../augmentations/gamma.ts"
import { type IntensityOptions, intensity } from "../../augmentations/intensity.ts"
import { type RotationOptions, rotation } from "../../augmentations/rotation.ts"
import type { NumberDescription } from "../language/description.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

const probability: NumberDescription = {
  tag: "number",
  doc: "How often a sample goes through it.",
  minimum: 0,
  maximum: 1,
  default: 0.5,
}

const exponent = (doc: string, value: number): NumberDescription => ({
  tag: "number",
  doc,
  minimum: 0.1,
  maximum: 10,
  default: value,
})

/** Random changes of training samples, image and masks together. */
export const augmentationCatalog: Catalog<Augmentation> = {
  flip: entry<FlipOptions, Augmentation>({
    doc: "Mirrors image and masks.",
    fields: {
      axis: {
        tag: "enum",
        doc: "columns: left and right change places; rows: top and bottom do.",
        values: ["columns", "rows"],
      },
      probability,
    },
    sources: ["augmentations/flip.ts"],
    build: flip,
  }),
  rotation: entry<RotationOptions, Augmentation>({
    doc: "Turns image and masks about the centre, in pixels; what comes from outside is 0.",
    fields: {
      maxDegrees: {
        tag: "number",
        doc: "The angle is uniform between minus and plus this, in degrees.",
        minimum: 0,
        maximum: 180,
      },
      probability,
    },
    sources: ["augmentations/rotation.ts"],
    build: rotation,
  }),
  intensity: entry<IntensityOptions, Augmentation>({
    doc: "Changes contrast and brightness of the image: factor * value + shift.",
    fields: {
      gain: {
        tag: "number",
        doc: "The factor is uniform in 1 +- gain.",
        minimum: 0,
        maximum: 1,
        default: 0.1,
      },
      offset: {
        tag: "number",
        doc: "The shift is uniform in +- offset.",
        minimum: 0,
        maximum: 10,
        default: 0.1,
      },
      probability,
    },
    sources: ["augmentations/intensity.ts"],
    build: intensity,
  }),
  gamma: entry<GammaOptions, Augmentation>({
    doc: "Bends the intensities between the darkest and the brightest of the image.",
    fields: {
      minimum: exponent("Smallest exponent; below 1 brightens the dark.", 0.7),
      maximum: exponent("Largest exponent; above 1 darkens it.", 1.5),
      probability,
    },
    check: ({ minimum, maximum }: Required<GammaOptions>) =>
      minimum <= maximum
        ? null
        : {
            path: "maximum",
            message: `smaller than minimum, ${minimum}`,
            fix: "raise maximum, or lower minimum",
          },
    sources: ["augmentations/gamma.ts"],
    build: gamma,
  }),
}

export const buildAugmentation = (spec: PartSpec): Part<Augmentation> => buildPart(augmentationCatalog, spec)
