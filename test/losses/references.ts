import { readdirSync, readFileSync } from "node:fs"
import type { PartSpec } from "../../src/config/catalog/part.ts"
import type { LossCase } from "../../src/laws/lossCase.ts"

/** A file of test/fixtures/losses: values and gradients in float64 by PyTorch, made by the script of its name in
 *  test/fixtures/make/losses, which says what libraries they were found equal to. */
export interface Reference {
  readonly inputs: readonly LossCase[]
  readonly expectations: readonly {
    readonly loss: string
    readonly options: Omit<PartSpec, "kind">
    readonly results: readonly { readonly value: number; readonly gradient: readonly number[] }[]
  }[]
}

const folder = new URL("../fixtures/losses/", import.meta.url)

export const references: readonly { readonly family: string; readonly reference: Reference }[] = readdirSync(
  folder,
).map((file) => ({
  family: file.replace(".json", ""),
  reference: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Reference,
}))

/** One number and one gradient of a loss. */
export interface Expected {
  readonly options: Omit<PartSpec, "kind">
  readonly input: LossCase
  readonly value: number
  readonly gradient: readonly number[]
}

/** All that is known of one loss. */
export const referencesOf = (kind: string): readonly Expected[] =>
  references.flatMap(({ reference: { inputs, expectations } }) =>
    expectations
      .filter(({ loss }) => loss === kind)
      .flatMap(({ options, results }) =>
        results.map((result, i) => ({ options, input: inputs[i]!, ...result })),
      ),
  )
