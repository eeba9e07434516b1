import { resolve } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { prepare } from "../../src/commands/prepare.ts"
import { refusal } from "../data/support/refusal.ts"
import { sweepOfEpochs } from "../support/experimentFiles.ts"
import { useFolder } from "../support/folder.ts"

const write = useFolder()
afterEach(() => void vi.unstubAllEnvs())

const prepared = (sets: readonly string[] = [], extra: readonly string[] = []) => {
  write("tiny.yaml", sweepOfEpochs(1, 2))
  return prepare({ file: "tiny.yaml", sets, backend: "javascript", extra })
}

describe("prepare", () => {
  it("plans every cell of the experiment, for the engine that is chosen", async () => {
    const { experiment, plan, selection } = await prepared()
    expect(experiment.name).toBe("tiny")
    expect(selection.name).toBe("javascript")
    expect(plan).toMatchObject({
      ...{ format: 1, experiment: "tiny", backend: "javascript", engine: selection.identity },
      cells: [{ label: "epochs=1" }, { label: "epochs=2" }],
    })
  })

  it("records a command that can be pasted", async () => {
    expect((await prepared()).plan.command).toBe("losslab run tiny.yaml")
    const { plan } = await prepared(["seed=7", "train.loss={ kind: agBce }"], ["--out", "my runs"])
    expect(plan.command).toBe(
      "losslab run tiny.yaml --set seed=7 --set 'train.loss={ kind: agBce }' --out 'my runs'",
    )
    expect(plan.cells[0]!.spec.seed).toBe(7)
  })

  it("works with the store that is named, or the one beside the experiments", async () => {
    vi.stubEnv("LOSSLAB_STORE", undefined)
    expect((await prepared()).plan.store).toBe(resolve(".losslab/store"))
    vi.stubEnv("LOSSLAB_STORE", "elsewhere")
    expect((await prepared()).plan.store).toBe(resolve("elsewhere"))
  })

  it("refuses an experiment with all that is wrong with it", async () => {
    write("bad.yaml", sweepOfEpochs(0).replace("batchSize: 2", "batchSize: 0"))
    const { kind, problems } = await refusal(
      prepare({ file: "bad.yaml", sets: [], backend: "javascript", extra: [] }),
    )
    expect(kind).toBe("config")
    expect(problems.length).toBeGreaterThan(1)
  })
})
