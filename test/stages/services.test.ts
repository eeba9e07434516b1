import { describe, expect, it } from "vitest"
import { Datasets } from "../../src/stages/datasets.ts"
import { Events } from "../../src/stages/events.ts"
import { Tracing } from "../../src/stages/tracer.ts"
import { Checkpoints } from "../../src/stages/training/checkpoint.ts"

describe("what stages are given by those who run them", () => {
  it("is known by where it is declared, so that nothing is given in another's place", () => {
    expect([Checkpoints, Datasets, Events, Tracing].map(({ key }) => key)).toEqual([
      "losslab/stages/Checkpoints",
      "losslab/stages/Datasets",
      "losslab/stages/Events",
      "losslab/stages/Tracing",
    ])
  })
})
