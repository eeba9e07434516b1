import { augmentationCatalog } from "./augmentations.ts"
import type { Catalogs } from "./entry.ts"
import { intensityCatalog } from "./intensities.ts"
import { lossCatalog } from "./losses.ts"
import { modelCatalog } from "./models.ts"
import { optimizerCatalog } from "./optimizers.ts"
import { resizeCatalog } from "./resizes.ts"
import { scheduleCatalog } from "./schedules.ts"
import { sourceCatalog } from "./sources.ts"

/** Everything that comes with losslab and that an experiment can name. */
export const catalogs: Catalogs = {
  sources: sourceCatalog,
  resizes: resizeCatalog,
  intensities: intensityCatalog,
  augmentations: augmentationCatalog,
  models: modelCatalog,
  losses: lossCatalog,
  optimizers: optimizerCatalog,
  schedules: scheduleCatalog,
}
