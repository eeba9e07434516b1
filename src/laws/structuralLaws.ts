import { additive, imageOrder, meanReduction, resolutionFree } from "./batch.ts"
import { atMostOne, nonNegative, perfectIsFree } from "./bounds.ts"
import type { Law } from "./law.ts"
import { convex, fallsWithMargin } from "./shape.ts"
import { complementary, mirrored, pixelOrder, swappable, translated } from "./symmetry.ts"

/** Laws that say nothing of options, so that they can be tried on any loss; many losses obey only some. */
export const structuralLaws: readonly Law[] = [
  ...[nonNegative, atMostOne, perfectIsFree, fallsWithMargin, convex],
  ...[complementary, swappable, pixelOrder, imageOrder, mirrored, translated],
  ...[additive, meanReduction, resolutionFree],
]
