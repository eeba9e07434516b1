import { buildObjective } from "../../config/catalog/losses.ts"
import { buildModel } from "../../config/catalog/models.ts"
import { buildOptimizer } from "../../config/catalog/optimizers.ts"
import { singleScaleLosses } from "../../config/catalog/singleScaleLosses.ts"
import { type Failure, failure } from "../../failure/failure.ts"
import { compareSteps, type StepComparison } from "../../stages/training/compareSteps.ts"
import { type StepSubject, stepSubjects } from "./stepSubjects.ts"

/** A part of the catalogue with what came of its step. */
export interface ComparedStep extends Pick<StepSubject, "part" | "name">, StepComparison {
  /** The same bits, or not compiled as it is known of this loss. */
  readonly passed: boolean
}

/** Compares a training step of everything in the catalogue, compiled, with the same step operation by operation. */
export const stepComparisons = async (): Promise<readonly ComparedStep[]> => {
  const compared: ComparedStep[] = []
  for (const { part, name, model, loss, optimizer } of stepSubjects()) {
    const found = compareSteps(
      buildModel(model).value,
      (await buildObjective(loss)).value,
      buildOptimizer(optimizer).value,
    )
    const known = part === "loss" && singleScaleLosses[loss.kind]?.readsValues === true
    compared.push({
      part,
      name,
      ...found,
      passed: found.difference === null && (found.whyEager !== null) === known,
    })
  }
  return compared
}

export const stepsDiffer = (compared: readonly ComparedStep[]): Failure | null => {
  const failed = compared.filter(({ passed }) => !passed)
  if (failed.length === 0) return null
  return failure("check", {
    message: "compiled training steps are not what they are operation by operation",
    expected: "the same bits, from one TensorFlow function",
    found: failed.map(({ part, name }) => `${part} ${name}`).join("; "),
    fix: "use --backend javascript, and report this with the output of `losslab doctor --engine --json`",
  })
}
