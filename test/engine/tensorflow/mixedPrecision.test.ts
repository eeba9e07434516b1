import { describe, expect, it } from "vitest"
import { attributeKind } from "../../../src/engine/tensorflow/dataType.ts"
import {
  float32Operation,
  mixedPrecisionEnvironment,
  precisionAttributes,
  precisionConfig,
} from "../../../src/engine/tensorflow/mixedPrecision.ts"

// ConfigProto's field 10, a message of 5 bytes: GraphOptions' field 10, of 3 bytes: RewriterConfig's field 31, a number:
// 31 * 8 = 248 = 0xf8 0x01, then 1 for ON.
const bfloat16 = [10 * 8 + 2, 5, 10 * 8 + 2, 3, 0xf8, 0x01, 1]

describe("precisionConfig", () => {
  it("asks for nothing in float32, and for the rewriting to bfloat16 in that", () => {
    expect([...precisionConfig("float32")]).toEqual([])
    expect([...precisionConfig("bfloat16")]).toEqual(bfloat16)
  })
})

describe("precisionAttributes", () => {
  it("are none in float32; in bfloat16 the call says so to TensorFlow", () => {
    expect(precisionAttributes("float32")).toEqual([])
    expect(precisionAttributes("bfloat16")).toEqual([
      { name: "config_proto", type: attributeKind.STRING, value: Uint8Array.from(bfloat16) },
    ])
  })
})

describe("mixedPrecisionEnvironment", () => {
  const prefix = "TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_"

  it("keeps gradients of filters, and what lies between networks and losses, in float32", () => {
    expect(mixedPrecisionEnvironment).toEqual({
      [`${prefix}ALLOWLIST_REMOVE`]: "Conv2DBackpropFilter",
      [`${prefix}CLEARLIST_REMOVE`]: float32Operation,
      [`${prefix}DENYLIST_ADD`]: "Conv2DBackpropFilter,EnsureShape",
    })
  })
})
