import { stringify } from "yaml"
import type { CellSpec } from "./cellSpec.ts"

/** A resolved cell as YAML that `losslab run` accepts again. The baseline is left out: there is one cell only. */
export const cellYaml = (spec: CellSpec): string =>
  stringify({ ...spec, report: { ...spec.report, baseline: null } }, { lineWidth: 110 })
