import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { Precision } from "../../tensor/precision.ts"
import { attributeKind } from "./dataType.ts"

/** Behind fullPrecision: what comes after it is float32 until the next convolution. */
export const float32Operation = "EnsureShape"

/** What TensorFlow's rewriting to bfloat16 leaves alone beside its own list: the gradients of filters, by which training
 *  loses accuracy (docs/explanation/bfloat16.md), and everything between networks and losses. Read by TensorFlow at each
 *  rewriting; an operation that stands in two of its lists turns all rewriting off, silently. */
export const mixedPrecisionEnvironment = {
  TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_ALLOWLIST_REMOVE: "Conv2DBackpropFilter",
  TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_CLEARLIST_REMOVE: float32Operation,
  TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_DENYLIST_ADD: `Conv2DBackpropFilter,${float32Operation}`,
}

/** A field of a protocol buffer message that is a message itself, shorter than 128 bytes. */
const nested = (field: number, content: readonly number[]): readonly number[] => [
  (field << 3) | 2,
  content.length,
  ...content,
]

/** tensorflow.ConfigProto { graph_options (10) { rewrite_options (10) {
 *  auto_mixed_precision_onednn_bfloat16 (31): ON } } }. */
const bfloat16Config = Uint8Array.from(nested(10, nested(10, [0xf8, 0x01, 1])))

/** tensorflow.ConfigProto of what a precision asks for; a message appended to another adds its fields to it. */
export const precisionConfig = (precision: Precision): Uint8Array =>
  precision === "float32" ? new Uint8Array() : bfloat16Config

/** Attributes of the call of a function. */
export const precisionAttributes = (precision: Precision): TFEOpAttr[] => {
  const config = precisionConfig(precision)
  // tfjs-node's type of an attribute knows texts alone.
  const value = config as never
  return config.length === 0 ? [] : [{ name: "config_proto", type: attributeKind.STRING, value }]
}
