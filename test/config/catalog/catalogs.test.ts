import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { catalogs } from "../../../src/config/catalog/catalogs.ts"
import type { Catalog } from "../../../src/config/catalog/entry.ts"
import { optimizerLinks } from "../../../src/config/catalog/optimizers.ts"
import { sumOf } from "../../../src/config/catalog/sumOf.ts"
import { weightScheduleCatalog } from "../../../src/config/catalog/weightSchedules.ts"
import { jsonSchemaOf } from "../../../src/config/language/jsonSchema.ts"
import { publishedSchema } from "../../support/publishedSchema.ts"

const { load, train, augment } = publishedSchema().properties

describe("a catalogue", () => {
  it.each<[string, Catalog<unknown>, { readonly anyOf: readonly unknown[] }]>([
    ["sources", catalogs.sources, load!.properties.source!],
    ["resizes", catalogs.resizes, load!.properties.resize!],
    ["intensities", catalogs.intensities, load!.properties.intensity!],
    ["augmentations", catalogs.augmentations, augment!.items],
    ["models", catalogs.models, train!.properties.model!],
    ["losses", catalogs.losses, train!.properties.loss!],
    ["optimizers", catalogs.optimizers, train!.properties.optimizer!],
    ["schedules", catalogs.schedules, train!.properties.schedule!],
  ])(
    "of %s has the kinds, options, limits and defaults that the published schema promises",
    (_, catalog, promised) => {
      const schema = jsonSchemaOf(sumOf("part", "A part.", catalog), { id: "", title: "", partial: true })
      expect((schema as { readonly anyOf: unknown }).anyOf).toEqual(promised.anyOf)
    },
  )

  it.each(Object.entries<Catalog<unknown>>({ ...catalogs, optimizerLinks, weightScheduleCatalog }))(
    "of %s names source files that are there",
    (_, catalog) => {
      for (const [kind, { sources }] of Object.entries(catalog)) {
        // A module is its own source.
        expect(sources.length > 0, kind).toBe(kind !== "module")
        for (const file of sources)
          expect(readFileSync(resolve(import.meta.dirname, "../../../src", file), "utf8")).not.toBe("")
      }
    },
  )
})
