import type { EnumDescription, IntegerDescription } from "../../language/description.ts"

/** Option `kernel` of losses that look at where two annotators disagree. */
export const kernel: IntegerDescription = {
  tag: "integer",
  doc: "Side of the square that grows the region where annotators disagree, in pixels; 1 does not grow it.",
  minimum: 1,
  maximum: 64,
  default: 4,
}

/** Option `form` of losses that were published with clips and epsilons. */
export const form: EnumDescription = {
  tag: "enum",
  doc: "reference: as published, with its clips and epsilons; logits: without them, stable for any logit.",
  values: ["reference", "logits"],
  default: "reference",
}
