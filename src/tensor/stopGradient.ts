import * as tf from "@tensorflow/tfjs-core"

const constant = tf.customGrad((x) => {
  const input = x as tf.Tensor
  return { value: tf.clone(input), gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy)] }
})

/** Constants of one evaluation, in the order in which they were made; read from `next` on when they are replayed. */
interface Held {
  readonly values: tf.Tensor[]
  next: number | null
}

let held: Held | null = null

/** x as a constant with respect to the gradient; never a read to the host. tfjs-core has no such op. */
export const stopGradient = <T extends tf.Tensor>(x: T): T => {
  if (held === null) return constant(x) as T
  if (held.next === null) {
    held.values.push(tf.keep(tf.clone(x)))
    return constant(x) as T
  }
  return constant(held.values[held.next++]!) as T
}

/** Lets constants stay what they were while the arguments of a function move: the derivative of a function with
 *  detached factors is that of the function in which these do not change, and only so has it a central difference.
 *  @param use gets `record`, which evaluates a function and remembers its constants, and `replay`, which evaluates
 *             it elsewhere with the constants of the last recording */
export const holdConstants = <A>(
  use: (run: { record: <B>(f: () => B) => B; replay: <B>(f: () => B) => B }) => A,
): A => {
  const values: tf.Tensor[] = []
  const running =
    (start: () => Held) =>
    <B>(f: () => B): B => {
      held = start()
      try {
        return f()
      } finally {
        held = null
      }
    }
  const record = running(() => {
    tf.dispose(values.splice(0))
    return { values, next: null }
  })
  try {
    return use({ record, replay: running(() => ({ values, next: 0 })) })
  } finally {
    tf.dispose(values)
  }
}
