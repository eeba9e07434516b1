import { resolve } from "node:path"
import { either as E, function as F } from "fp-ts"
import { moduleEntry } from "../catalog/losses/module.ts"
import { lossDescription } from "../catalog/losses.ts"
import type { PartSpec } from "../catalog/part.ts"
import type { Checked } from "../checked.ts"
import type { Json } from "../json.ts"
import { decode } from "../language/decode.ts"
import { resolvePaths } from "../language/resolvePaths.ts"
import { parseYaml } from "../yaml/parseYaml.ts"
import { type LocatedTexts, readLocated } from "../yaml/readLocated.ts"

/** The canonical spec of a loss on its own; or everything that is wrong with it.
 *  @param said a kind ("bce"), inline YAML ("{ kind: agBce, kernel: 1 }"), or the path of a YAML file that
 *              holds such a map; paths in it are relative to that file, else to the working directory
 */
export const loadLoss = (said: string): Checked<PartSpec> =>
  F.pipe(
    readSaid(said),
    E.flatMap(({ located, texts }) => decode(lossDescription, resolvePaths(lossDescription, located), texts)),
    E.map((spec) => spec as PartSpec),
  )

/** The canonical spec of a user's module, as `--module` and `--options` say it; or everything that is wrong with these.
 *  @param path relative to the working directory
 *  @param options inline YAML: "{ share: 0.5 }" */
export const loadModuleLoss = (path: string, options: string): Checked<PartSpec> => {
  const file = "--options"
  return F.pipe(
    parseYaml({ file, setBy: file, text: options }),
    E.flatMap((located) => decode(moduleEntry.options.fields.options!, located, new Map([[file, options]]))),
    E.map((decoded): PartSpec => ({ kind: "module", path: resolve(path), options: decoded as Json })),
  )
}

const readSaid = (said: string): Checked<LocatedTexts> => {
  if (/^\w+$/.test(said)) return inline(`{ kind: ${said} }`)
  return /[{\n]|:\s/.test(said) ? inline(said) : readLocated(said)
}

const inline = (text: string): Checked<LocatedTexts> => {
  const file = "<spec>"
  return F.pipe(
    parseYaml({ file, setBy: file, text }),
    E.map((located) => ({ located, texts: new Map([[file, text]]) })),
  )
}
