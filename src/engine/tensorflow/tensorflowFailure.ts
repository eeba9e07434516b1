import { type Failure, failure } from "../../failure/failure.ts"
import { reportIt } from "../../failure/toFailure.ts"

/** TF_Code of tensorflow/c/tf_status.h. */
const codeNames: Readonly<Record<number, string>> = {
  1: "CANCELLED",
  2: "UNKNOWN",
  3: "INVALID_ARGUMENT",
  4: "DEADLINE_EXCEEDED",
  5: "NOT_FOUND",
  6: "ALREADY_EXISTS",
  7: "PERMISSION_DENIED",
  8: "RESOURCE_EXHAUSTED",
  9: "FAILED_PRECONDITION",
  10: "ABORTED",
  11: "OUT_OF_RANGE",
  12: "UNIMPLEMENTED",
  13: "INTERNAL",
  14: "UNAVAILABLE",
  15: "DATA_LOSS",
  16: "UNAUTHENTICATED",
}

export const resourceExhausted = 8

/** An error of TensorFlow as a Failure that names the operation, the code and the inputs. Out of memory is the
 *  environment's; anything else means that losslab asked for something impossible.
 *  @param inputs each as "float32 [2, 3]" */
export const tensorflowFailure = (
  operation: string,
  code: number,
  text: string,
  inputs: readonly string[],
): Failure => {
  const name = codeNames[code] ?? `code ${code}`
  const given = inputs.length === 0 ? "" : `; inputs ${inputs.join(", ")}`
  const found = `${text.split("\n")[0]}${given}`
  return code === resourceExhausted
    ? failure("environment", {
        message: `there is not enough memory for TensorFlow's ${operation}`,
        found,
        fix: "lower train.batchSize or load.size",
      })
    : failure("bug", { message: `TensorFlow's ${operation} failed with ${name}`, found, fix: reportIt })
}
