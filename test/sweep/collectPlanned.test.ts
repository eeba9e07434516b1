import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { methodsOf } from "../../src/stages/report/methods.ts"
import { collectReport } from "../../src/sweep/collectReport.ts"
import { makePlan } from "../../src/sweep/makePlan.ts"
import { accepted } from "../config/outcome.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

/** The plan of an experiment with this report and this factor, and what its report gets, before anything is run. */
const planned = async (report: string, factor: string) => {
  const folder = await temporaryFolder()
  const file = join(folder, "experiment.yaml")
  const adaptive = join(process.cwd(), "experiments/adaptive.yaml")
  writeFileSync(
    file,
    `extends: ${adaptive}\nname: repeated\nreport: ${report}\nsweep: { factors: [${factor}] }\n`,
  )
  const { cells } = accepted(loadExperiment(file, ["train.loss.loss={ kind: agBce }"]))
  const plan = await makePlan({
    experiment: "repeated",
    cells,
    command: "losslab run",
    backend: "javascript",
    engine: "none",
    store: join(folder, "store"),
  })
  return { plan, input: await collectReport(folder, plan) }
}

const compared = async (baseline: string, factor: string) => {
  const { input } = await planned(`{ baseline: ${baseline} }`, factor)
  return { baseline: input.baseline, methods: methodsOf(input.cells).map(({ name }) => name) }
}

describe("collectReport, before anything is run", () => {
  it("compares what the experiment's baseline is checked against", async () => {
    const factor = "{ name: seed, path: seed, values: [1, 2] }"
    expect(await compared("seed=1", factor)).toEqual({ baseline: "seed=1", methods: ["seed=1", "seed=2"] })
  })

  it("has one method where cells only repeat each other", async () => {
    const factor = "{ name: seed, path: seed, values: [1, 2], block: true }"
    expect(await compared("repeated", factor)).toEqual({ baseline: "repeated", methods: ["repeated"] })
  })

  it("hands on the author's remark, which changes no key", async () => {
    const keysAndRemark = async (remark: string) => {
      const { plan, input } = await planned(
        `{ baseline: null, remark: ${remark} }`,
        "{ name: seed, path: seed, values: [1] }",
      )
      return { keys: plan.cells.map(({ keys }) => keys), remark: input.remark }
    }
    const { keys, remark } = await keysAndRemark("[Chosen by eye.]")
    expect(remark).toEqual(["Chosen by eye."])
    expect(await keysAndRemark("[]")).toEqual({ keys, remark: [] })
  })
})
