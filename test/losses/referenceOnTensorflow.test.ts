import { beforeAll, describe, it } from "vitest"
import { useTensorflowEngine, whyNoTensorflow } from "../support/tensorflow.ts"
import { expectReference } from "./expectReference.ts"
import { references } from "./references.ts"

describe.skipIf(whyNoTensorflow !== null)(`losses on TensorFlow ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  describe.each(references)("against test/fixtures/make/losses/$family.py", ({ reference }) => {
    const { inputs, expectations } = reference

    it.each(expectations)("$loss $options has its values and gradients", (expectation) =>
      expectReference(inputs, expectation),
    )
  })
})
