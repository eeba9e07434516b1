import type { EnumDescription } from "../../language/description.ts"

/** Option `input` of losses that were once trained with a second sigmoid. */
export const input: EnumDescription = {
  tag: "enum",
  doc: "What the loss takes for its logits; probabilities-as-logits applies a second sigmoid.",
  values: ["logits", "probabilities-as-logits"],
  default: "logits",
}
