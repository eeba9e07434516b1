import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { cellYaml } from "../../../src/config/experiment/cellYaml.ts"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

const cellsOf = (file: string) => {
  const loaded = loadExperiment(file, [])
  if (loaded._tag === "Left") throw new Error(loaded.left.map(({ message }) => message).join("; "))
  return loaded.right.cells
}

describe("cellYaml", () => {
  it("writes an experiment of that one cell, without the baseline that it had among others", async () => {
    const file = join(await temporaryFolder(), "config.yaml")
    const cells = cellsOf(resolve(import.meta.dirname, "../../../experiments/adaptive.yaml"))
    for (const { spec } of cells) {
      writeFileSync(file, cellYaml(spec))
      const again = cellsOf(file).map((cell) => cell.spec)
      expect(again).toEqual([{ ...spec, report: { ...spec.report, baseline: null } }])
    }
    expect(cells[0]!.spec.report.baseline).toBe("agBce")
  })
})
