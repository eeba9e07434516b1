import { either as E, function as F } from "fp-ts"
import type { Problem } from "../../failure/failure.ts"
import type { Located, SourceTexts } from "./located.ts"
import { parseYaml } from "./parseYaml.ts"
import { readText } from "./readText.ts"

/** Values with their places, and the texts that the places point into. */
export interface LocatedTexts {
  readonly located: Located
  readonly texts: SourceTexts
}

/** One YAML file; everything that is wrong with it as a file and as YAML.
 *  @param setBy how the file came in, as in Origin */
export const readLocated = (file: string, setBy = file): E.Either<readonly Problem[], LocatedTexts> =>
  F.pipe(
    readText(file),
    E.mapLeft((problem): readonly Problem[] => [problem]),
    E.flatMap((text) =>
      F.pipe(
        parseYaml({ file, setBy, text }),
        E.map((located) => ({ located, texts: new Map([[file, text]]) })),
      ),
    ),
  )
