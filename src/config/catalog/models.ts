import type { Model } from "../../models/model.ts"
import { type UnetOptions, unet } from "../../models/unet.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

/** Networks. */
export const modelCatalog: Catalog<Model> = {
  unet: entry<UnetOptions, Model>({
    doc: "U-Net with a head at full resolution, 1/2, 1/4 and 1/8.",
    fields: {
      depth: {
        tag: "integer",
        doc: "How often the resolution is halved; rows and columns must be divisible by 2 to this power.",
        minimum: 3,
        maximum: 7,
        default: 4,
      },
      baseWidth: {
        tag: "integer",
        doc: "Channels at full resolution; they double at each halving. 64 is the published width.",
        minimum: 1,
        maximum: 128,
        default: 16,
      },
      batchNorm: {
        tag: "boolean",
        doc: "Batch normalisation after each 3 x 3 convolution; without it convolutions have biases.",
        default: true,
      },
      dropout: {
        tag: "number",
        doc: "Share of the deepest encoder block's output that a training step drops; the rest is scaled by 1 / (1 - dropout).",
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0,
      },
    },
    sources: ["models/unet.ts"],
    build: unet,
  }),
}

export const buildModel = (spec: PartSpec): Part<Model> => buildPart(modelCatalog, spec)
