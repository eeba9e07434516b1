import { prepare } from "../../src/commands/prepare.ts"
import { validate } from "../../src/commands/validate.ts"
import { refusal } from "../../src/engine/compile.ts"
import { NotTraceable } from "../../src/engine/tensorflow/notTraceable.ts"
import { Failure } from "../../src/failure/failure.ts"
import { interrupted } from "../../src/failure/interrupted.ts"
import { checkKeys } from "../../src/pipeline/checkKeys.ts"
import { breathe } from "../../src/stages/breathe.ts"
import { ofTheLoss } from "../../src/stages/train.ts"
import { stepsDiffer } from "../../src/stages/training/tryStep.ts"
import { takeLease } from "../../src/sweep/lease.ts"
import { tinyExperiment } from "../support/experimentFiles.ts"
import { but } from "./experimentFiles.ts"
import { firstCell } from "./firstCell.ts"
import type { Subject } from "./scenario.ts"

const own = but("{ kind: bce }", "{ kind: module, path: own.mjs }")
const notFinite = "export default () => (logits) => logits.mul(NaN).mean()\n"
const validated = () => validate(["bad.yaml"], { json: false, backend: "javascript", out: () => undefined })

export const running: Subject = {
  title: "Running",
  scenarios: [
    {
      title: "A loss that cannot be trained with",
      command: "losslab validate bad.yaml",
      kind: "numerics",
      files: { "bad.yaml": own, "own.mjs": notFinite },
      run: validated,
    },
    {
      title: "A module that waits for what never comes",
      command: "losslab plan own.yaml",
      kind: "bug",
      files: { "own.yaml": own, "own.mjs": "await new Promise(() => undefined)\n" },
    },
    {
      title: "Fewer weights than outputs",
      command: "losslab validate bad.yaml",
      kind: "config",
      files: {
        "bad.yaml": but(
          "{ kind: bce }",
          "{ kind: deepSupervised, loss: { kind: bce }, weights: [1, 1], kernels: [] }",
        ),
      },
      run: validated,
    },
    {
      title: "A training that diverges",
      command: "losslab run own.yaml",
      kind: "numerics",
      files: { "own.yaml": own, "own.mjs": notFinite },
      run: firstCell("own.yaml", "scores"),
    },
    {
      title: "A loss that draws its own random numbers",
      command: "losslab run own.yaml",
      kind: "config",
      run: () => {
        throw ofTheLoss(new Failure("config", [NotTraceable.random().inFile("own.mjs").problem]))
      },
    },
    {
      title: "A loss that reads values, in bfloat16",
      command: "losslab run hausdorff.yaml --set train.precision=bfloat16",
      kind: "config",
      run: () => {
        throw ofTheLoss(refusal(NotTraceable.read(), "bfloat16"))
      },
    },
    {
      title: "bfloat16 without TensorFlow",
      command: "losslab validate bad.yaml --backend javascript",
      kind: "environment",
      files: { "bad.yaml": but("batchSize: 2", "batchSize: 2\n  precision: bfloat16") },
      run: validated,
    },
    {
      title: "A loss that keeps something from step to step",
      command: "losslab validate bad.yaml",
      kind: "check",
      run: () => {
        throw stepsDiffer({ where: "step 2: loss", relative: 0.25, arrays: 60, of: 70 })
      },
    },
    {
      title: "A run directory that another process writes",
      command: "losslab run tiny.yaml",
      kind: "environment",
      files: {
        "runs/tiny/.lease":
          '{"host":"node-17","pid":4242,"startTicks":null,"since":"2026-03-01T09:30:00.000Z"}',
      },
      run: () => takeLease("runs/tiny"),
    },
    {
      title: "A run directory that cannot be written",
      command: "losslab run tiny.yaml --out tiny.yaml --backend javascript",
      kind: "environment",
      files: { "tiny.yaml": tinyExperiment },
    },
    {
      title: "A plan made before the code was changed",
      command: "losslab cell --plan runs/tiny/plan.json --index 0",
      kind: "environment",
      files: { "tiny.yaml": tinyExperiment },
      run: async () => {
        const { plan } = await prepare({ file: "tiny.yaml", sets: [], backend: "javascript", extra: [] })
        const { keys } = plan.cells[0]!
        checkKeys({ ...keys, ingredients: { ...keys.ingredients, "loss code": "another" } }, keys)
      },
    },
    {
      title: "A run that is interrupted",
      command: "losslab run tiny.yaml",
      kind: "interrupted",
      run: () => {
        throw interrupted("losslab run tiny.yaml")
      },
    },
    {
      title: "A cell that is interrupted",
      command: "losslab cell --plan runs/tiny/plan.json --index 0",
      kind: "interrupted",
      run: () => breathe(AbortSignal.abort()),
    },
  ],
}
