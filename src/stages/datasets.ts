import { Context, type Effect } from "effect"
import type { Dataset } from "../data/dataset/dataset.ts"
import type { Failure } from "../failure/failure.ts"

/** Loaded datasets by key: what was trained names its data, and evaluation fetches them again. */
export class Datasets extends Context.Service<
  Datasets,
  { readonly get: (key: string) => Effect.Effect<Dataset, Failure> }
>()("losslab/stages/Datasets") {}
