/** A programmer's mistake: two shapes that must agree do not. Names both. */
export class ShapeError extends Error {
  readonly _tag = "ShapeError"

  constructor(where: string, expected: string, found: readonly number[]) {
    super(`${where}: expected shape ${expected}, got [${found.join(", ")}]`)
    this.name = "ShapeError"
  }
}

/** Throws ShapeError unless both shapes are equal. */
export const assertSameShape = (
  where: string,
  first: { readonly shape: readonly number[] },
  second: { readonly shape: readonly number[] },
): void => {
  const same =
    first.shape.length === second.shape.length && first.shape.every((size, i) => size === second.shape[i])
  if (!same) throw new ShapeError(where, `[${first.shape.join(", ")}]`, second.shape)
}
