import { writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cellYaml } from "../../../src/config/experiment/cellYaml.ts"
import { loadExperiment } from "../../../src/config/experiment/loadExperiment.ts"
import { parseYaml } from "../../../src/config/yaml/parseYaml.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { cellOf, decoded, everyPart } from "../../support/experimentLeaves.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"
import { accepted } from "../outcome.ts"

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

  it.each(everyPart)(
    "writes any $path: { kind: $kind } so that it reads the same again",
    ({ experiments }) => {
      fc.assert(
        fc.property(experiments, (experiment) => {
          const spec = cellOf(experiment)
          const text = cellYaml({ ...spec, report: { ...spec.report, remark: ["yes", "1e3", "# a: b"] } })
          const again = cellOf(decoded(toPlain(accepted(parseYaml({ file: "a", setBy: "a", text }))))!)
          expect(again).toEqual({
            ...spec,
            report: { ...spec.report, baseline: null, remark: ["yes", "1e3", "# a: b"] },
          })
        }),
        { numRuns: 3 },
      )
    },
  )
})
