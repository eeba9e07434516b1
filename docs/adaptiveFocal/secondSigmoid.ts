import type { Loss } from "../../src/losses/loss.ts"
import { certain, losses, pixelLoss, scales } from "./paperLosses.ts"

/** What the focal loss with two sigmoids takes of a pixel about which the network is certain, over all scales. */
export const certainPixel = () => {
  const of = (logit: number, foreground: boolean) =>
    scales * pixelLoss(losses.asTrained, logit, foreground).value
  return {
    hit: of(certain, true),
    missed: of(-certain, true),
    leftOut: of(-certain, false),
    falseAlarm: of(certain, false),
  }
}

/** The least that this loss can be, over all scales, where a share of the pixels is foreground. */
export const floorAt = (share: number): number => {
  const { hit, leftOut } = certainPixel()
  return share * hit + (1 - share) * leftOut
}

/** The share of foreground whose floor a value is. */
export const shareOfFloor = (value: number): number => {
  const { hit, leftOut } = certainPixel()
  return (leftOut - value) / (leftOut - hit)
}

/** The share of foreground, among pixels that look alike, above which a network trained to the end says foreground:
 *  where the expected loss q loss(foreground) + (1 - q) loss(background) no longer falls towards background at
 *  p = 0.5. For losses that see each pixel by itself and have one minimum. */
export const threshold = (loss: Loss): number => {
  const [up, down] = [pixelLoss(loss, 0, false).slope, pixelLoss(loss, 0, true).slope]
  return up / (up - down)
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))
const logits = Array.from({ length: 641 }, (_, i) => (i - 320) / 40)

/** The p that such a network says of pixels of which a share q is foreground: the minimum of the expected loss over
 *  logits from -8 to 8. */
export const saidProbability = (loss: Loss): ((q: number) => number) => {
  const on = logits.map((z) => pixelLoss(loss, z, true).value)
  const off = logits.map((z) => pixelLoss(loss, z, false).value)
  return (q) => {
    const expected = logits.map((_, i) => q * on[i]! + (1 - q) * off[i]!)
    return sigmoid(logits[expected.indexOf(Math.min(...expected))]!)
  }
}
