import { type Failure, failure } from "../../failure/failure.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import type { Transform } from "../../optimizers/transform.ts"
import type { Precision } from "../../tensor/precision.ts"
import { compareSteps, type StepComparison } from "./compareSteps.ts"
import type { Difference } from "./differences.ts"
import { stepInPrecision } from "./stepInPrecision.ts"

/** One or two training steps of a model and an objective on small made-up batches: what would only fail in training
 *  fails here. Whatever the precision, the trace is compared in float32, where the bits must be the same; in another
 *  one, a step must compile, and be finite.
 *  Throws Failure("numerics") when the loss or its gradient is not finite, Failure("check") when the compiled step
 *  differs from the step operation by operation, Failure("config") when a step that must be compiled cannot be, and
 *  what the loss throws. */
export const tryStep = (
  model: Model,
  objective: Objective,
  optimizer: Transform,
  precision: Precision = "float32",
): StepComparison => {
  const compared = compareSteps(model, objective, optimizer)
  checkFinite(compared, "")
  if (compared.difference !== null) throw stepsDiffer(compared.difference)
  if (precision !== "float32")
    checkFinite(stepInPrecision(precision, model, objective, optimizer), ` in ${precision}`)
  return compared
}

const checkFinite = (
  { loss, gradientNorm }: Pick<StepComparison, "loss" | "gradientNorm">,
  how: string,
): void => {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return
  throw failure("numerics", {
    path: "train.loss",
    message: `the loss is not finite on a small made-up batch${how}`,
    expected: "a finite loss and gradient",
    found: `loss ${loss}, norm of the gradient ${gradientNorm}`,
    fix: "look for a fault of the loss, such as the logarithm or the square root of 0",
  })
}

export const stepsDiffer = ({ where, relative, arrays, of }: Difference): Failure =>
  failure("check", {
    path: "train.loss",
    message: "the compiled training step differs from the same step operation by operation",
    expected: "the same bits",
    found: `${arrays} of ${of} tensors differ, most of all ${where}, by ${relative.toPrecision(2)} of its largest value`,
    fix: "look for what the loss keeps from call to call, such as a counter; if the loss is losslab's own, report it",
  })
