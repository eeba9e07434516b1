import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { bce } from "../../../../src/losses/bce.ts"
import { fullResolution } from "../../../../src/losses/objective.ts"
import { unet } from "../../../../src/models/unet.ts"
import { sgd } from "../../../../src/optimizers/sgd.ts"
import { slowInBfloat16 } from "../../../../src/stages/training/slowInBfloat16.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../../support/tensorflow.ts"

describe.skipIf(whyNoTensorflow !== null)(`slowInBfloat16 ${whyNoTensorflow ?? ""}`, () => {
  beforeAll(useTensorflowEngine)

  it("tells the times of a network that bfloat16 slows down, or nothing, and leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    const told = slowInBfloat16(unet({ depth: 3, baseWidth: 2 }), fullResolution(bce()), sgd(), 16)
    if (told !== null) expect(told).toMatch(/longer in bfloat16 than in float32 \(\d+ ms against \d+ ms/)
    expect(tf.memory().numTensors).toBe(before)
  })
})
