/** Over which pixels a ratio of areas is formed: image by image, the loss being the mean over images, or all
 *  pixels of the batch at once, so that images with little foreground count for little.
 */
export type Over = "image" | "batch"

/** The axes of [B, H, W, 1] along which the pixels of one group lie. */
export const groupAxes = (over: Over): number[] => (over === "image" ? [1, 2, 3] : [0, 1, 2, 3])
