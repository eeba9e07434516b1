import { join } from "node:path"
import { experimentLanguage } from "../config/experiment/loadExperiment.ts"
import { jsonSchemaOf } from "../config/language/jsonSchema.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { makeFolder } from "../system/makeFolder.ts"

export interface SchemaOptions {
  /** Where to write experiment.schema.json; printed when absent. */
  readonly folder?: string
  readonly out: (text: string) => void
}

/** The JSON Schema of experiments, for editors. It requires no field, because a file may extend others. */
export const schema = async ({ folder, out }: SchemaOptions): Promise<void> => {
  const file = "experiment.schema.json"
  const json = jsonSchemaOf(experimentLanguage, { id: file, title: "losslab experiment", partial: true })
  const text = `${JSON.stringify(json, null, 2)}\n`
  if (folder === undefined) return out(text)
  await makeFolder(folder)
  await writeFileAtomic(join(folder, file), text)
  out(`${join(folder, file)}\n`)
}
