import { readFileSync } from "node:fs"
import { resolve } from "node:path"

/** A JSON Schema, as far as tests look into it. */
export interface PublishedSchema {
  readonly properties: Readonly<Record<string, PublishedSchema>>
  readonly items: PublishedSchema
  readonly anyOf: readonly unknown[]
}

/** The schema of experiments as it is published: what people's editors, and people, count on. */
export const publishedSchema = (): PublishedSchema =>
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../schemas/experiment.schema.json"), "utf8"),
  ) as PublishedSchema
