import { stringify } from "yaml"
import type { CellSpec } from "./cellSpec.ts"

/** A resolved cell as YAML that `losslab run` accepts again. */
export const cellYaml = (spec: CellSpec): string => stringify(spec, { lineWidth: 110 })
