/** In which numbers a compiled function computes its convolutions and what lies between them; all tensors that go in and
 *  come out are float32 either way. */
export const precisions = ["float32", "bfloat16"] as const
export type Precision = (typeof precisions)[number]
