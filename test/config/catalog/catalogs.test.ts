import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { catalogs } from "../../../src/config/catalog/catalogs.ts"
import { experimentLanguage } from "../../../src/config/experiment/loadExperiment.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"

const schema = resolve(import.meta.dirname, "../../../schemas/experiment.schema.json")

describe("the experiment language", () => {
  it("has the kinds, options, limits and defaults that its published schema promises", () => {
    const promised: unknown = JSON.parse(readFileSync(schema, "utf8"))
    const options = { id: "experiment.schema.json", title: "losslab experiment", partial: true }
    expect(jsonSchemaOf(experimentLanguage, options)).toEqual(promised)
  })
})

describe("every entry of every catalogue", () => {
  it.each(Object.entries(catalogs))("of %s names source files that are there", (_, catalog) => {
    for (const [kind, { sources }] of Object.entries(catalog)) {
      // A module is its own source.
      expect(sources.length > 0, kind).toBe(kind !== "module")
      for (const file of sources)
        expect(readFileSync(resolve(import.meta.dirname, "../../../src", file), "utf8")).not.toBe("")
    }
  })
})
