import { comparing } from "./comparing.ts"
import { datasets } from "./datasets.ts"
import { engines } from "./engines.ts"
import { environment } from "./environment.ts"
import { experimentFiles } from "./experimentFiles.ts"
import { folders } from "./folders.ts"
import { lossesAndArrays } from "./lossesAndArrays.ts"
import { predicting } from "./predicting.ts"
import { running } from "./running.ts"
import type { Subject } from "./scenario.ts"
import { scoringMasks } from "./scoringMasks.ts"
import { sweeps } from "./sweeps.ts"
import { usage } from "./usage.ts"
import { verifyingLosses } from "./verifying.ts"
import { volumes } from "./volumes.ts"

/** The sections of docs/reference/errors.md, in its order. */
export const subjects: readonly Subject[] = [
  usage,
  experimentFiles,
  sweeps,
  volumes,
  datasets,
  folders,
  predicting,
  scoringMasks,
  comparing,
  lossesAndArrays,
  verifyingLosses,
  engines,
  running,
  environment,
]
