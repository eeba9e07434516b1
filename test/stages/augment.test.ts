import { describe, expect, it } from "vitest"
import { flip } from "../../src/augmentations/flip.ts"
import { gamma } from "../../src/augmentations/gamma.ts"
import { augment } from "../../src/stages/augment.ts"
import { discs } from "../support/dataset.ts"
import { runStage } from "../support/runStage.ts"

describe("augment", () => {
  it("joins a dataset to its key and to what each sample goes through, in that order", async () => {
    const dataset = discs({ size: 8, train: 1, test: 1, each: 1 })
    const augmentations = [gamma(), flip({ axis: "rows" })]
    const stage = augment({ datasetKey: "d1", augmentations })
    expect(stage.name).toBe("augment")
    const { output } = await runStage(stage, dataset)
    expect(output!.dataset).toBe(dataset)
    expect(output!.datasetKey).toBe("d1")
    expect(output!.augmentations).toEqual(augmentations)
  })
})
