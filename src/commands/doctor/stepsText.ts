import { numbers, textTable, words } from "../../terminal/textTable.ts"
import type { ComparedStep } from "./stepComparisons.ts"

const theSame = "the same bits"

const resultOf = ({ whyEager, difference, passed }: ComparedStep): string => {
  if (difference !== null)
    return `DIFFERS in ${difference.arrays} of ${difference.of} tensors, by ${difference.relative.toPrecision(2)} in ${difference.where}`
  if (whyEager !== null) return `${passed ? "" : "FAILED: "}not compiled: ${whyEager}`
  return theSame
}

const rounded = (milliseconds: number | null): string => milliseconds?.toFixed(1) ?? ""

/** A line for each step, then how many there are; ends with a line feed. */
export const stepsText = (compared: readonly ComparedStep[]): string => {
  const same = compared.filter((step) => resultOf(step) === theSame).length
  return [
    textTable(
      [words("part"), words("name"), numbers("eager ms"), numbers("compiled ms"), words("result")],
      compared.map((step) => [
        step.part,
        step.name,
        rounded(step.milliseconds.eager),
        rounded(step.milliseconds.compiled),
        resultOf(step),
      ]),
    ),
    `${same} of ${compared.length} steps are compiled, to the same bits as operation by operation\n`,
  ].join("")
}
