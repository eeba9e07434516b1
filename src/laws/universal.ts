import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { rootKey } from "../tensor/randomKey.ts"
import { holdConstants } from "../tensor/stopGradient.ts"
import { leaves, mapTree, type Params } from "../tensor/tree.ts"
import { valueAndGradient } from "../tensor/valueAndGradient.ts"
import { differs } from "./differs.ts"
import { atOf, map, truthOf } from "./evaluate.ts"
import type { Instance } from "./instance.ts"
import { type Law, law } from "./law.ts"
import type { LossCase } from "./lossCase.ts"
import { decidedLogit, extremeLogit, lossCaseFor } from "./lossCases.ts"

/** A loss as a function of logits and parameters. */
const placeOf = ({ loss, params }: Instance, of: LossCase) => {
  const [truth, at] = [truthOf(of), atOf(of)]
  return {
    place: { logits: map(of.logits, of.shape), own: params } as Params,
    apply: ({ logits, own = {} }: Params): tf.Scalar =>
      loss.apply(own as Params, logits as tf.Tensor4D, truth, at),
  }
}

/** A number and where it was found. */
type Entry = readonly [number: number, where: string]

const valueAndSlopes = (loss: Instance, of: LossCase): readonly Entry[] => {
  const entries: Entry[] = []
  tf.tidy(() => {
    const { place, apply } = placeOf(loss, of)
    const { value, gradient } = valueAndGradient((tree) => ({ value: apply(tree), aux: {} }), place)
    entries.push([value.dataSync()[0]!, "the value"])
    for (const [path, leaf] of leaves<tf.Tensor>(gradient))
      for (const [i, slope] of leaf.dataSync().entries())
        entries.push([slope, `the gradient of ${path.replace("own/", "")}, entry ${i},`])
  })
  return entries
}

export const finite = law<{ of: LossCase }>({
  name: "finite",
  says: "Value and gradient are finite for logits up to 1e4, whatever the masks.",
  given: (subject) => ({ of: lossCaseFor(subject, extremeLogit) }),
  check: (loss, { of }) => {
    const wrong = valueAndSlopes(loss, of).find(([number]) => !Number.isFinite(number))
    return wrong === undefined ? null : `${wrong[1]} is ${wrong[0]}`
  },
})

export const deterministic = law<{ of: LossCase }>({
  name: "deterministic",
  says: "The same input and key give the same value and gradient, bit for bit.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const [first, again] = [loss.valueAndGradient(of), loss.valueAndGradient(of)]
    const same =
      Object.is(first.value, again.value) &&
      first.gradient.every((slope, i) => Object.is(slope, again.gradient[i]))
    return same ? null : `${first.value} first, then ${again.value}`
  },
})

export const leavesNothing = law<{ of: LossCase }>({
  name: "leavesNothing",
  says: "No tensor is left behind, and no input is disposed of or changed.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const { logits, truth, at } = { logits: map(of.logits, of.shape), truth: truthOf(of), at: atOf(of) }
    const inputs = [logits, ...Object.values(truth), ...Object.values(at)]
    const given = inputs.map((tensor) => [...tensor.dataSync()])
    const before = tf.memory().numTensors
    const more = () => tf.memory().numTensors - before
    const apply = (z: tf.Tensor) => loss.loss.apply(loss.params, z as tf.Tensor4D, truth, at)
    try {
      tf.dispose(apply(logits))
      if (inputs.some(({ isDisposed }) => isDisposed)) return "an input was disposed of"
      if (more() !== 0) return `${more()} tensors more than before`
      tf.dispose(tf.grad(apply)(logits))
      if (more() !== 0) return `${more()} tensors more than before its gradient`
      const kept = inputs.every((tensor, i) => [...tensor.dataSync()].every((v, j) => v === given[i]![j]))
      return kept ? null : "an input was changed"
    } finally {
      tf.dispose(inputs.filter(({ isDisposed }) => !isDisposed))
    }
  },
})

/** Random signs, one for each of the leaves' entries. */
const signsLike = (params: Params, seed: number): Params => {
  const draws = rootKey(seed).child("direction").draws()
  return mapTree(params, (leaf) =>
    tf.tensor(
      Array.from({ length: leaf.size }, () => (draws.uniform() < 0.5 ? -1 : 1)),
      leaf.shape,
    ),
  )
}

/** A step of 1e-2 balances the rounding of float32 and curvature. */
const step = 1e-2
/** Of |f| + sum |gradient times direction|: the curvature over a step. */
const relative = 1e-3
/** Rounding of intermediate numbers of order 1, over the step. */
const absolute = 3e-5

const directionalDifference = (loss: Instance, of: LossCase, seed: number) =>
  tf.tidy(() => {
    const { place, apply } = placeOf(loss, of)
    const direction = signsLike(place, seed)
    return holdConstants(({ record, replay }) => {
      const { value, gradient } = record(() =>
        valueAndGradient((tree) => ({ value: apply(tree), aux: {} }), place),
      )
      const signs = leaves<tf.Tensor>(direction).map(([, leaf]) => leaf.dataSync())
      const along = leaves<tf.Tensor>(gradient).flatMap(([, leaf], i) =>
        [...leaf.dataSync()].map((slope, j) => slope * signs[i]![j]!),
      )
      const valueAt = (h: number): number => {
        const moved = new Map(leaves<tf.Tensor>(direction).map(([path, leaf]) => [path, tf.mul(leaf, h)]))
        return replay(() =>
          apply(mapTree(place, (leaf, path): tf.Tensor => tf.add(leaf, moved.get(path)!))),
        ).dataSync()[0]!
      }
      const here = value.dataSync()[0]!
      return {
        analytic: along.reduce((sum, term) => sum + term, 0),
        before: (here - valueAt(-step)) / step,
        after: (valueAt(step) - here) / step,
        size: along.reduce((sum, term) => sum + Math.abs(term), Math.abs(here)),
      }
    })
  })

export const gradientOfValue = law<{ of: LossCase; directionSeed: number }>({
  name: "gradientOfValue",
  says: "The gradient agrees with central differences, detached factors held constant.",
  given: (subject) => ({ of: lossCaseFor(subject, decidedLogit), directionSeed: fc.nat(999) }),
  check: (loss, { of, directionSeed }) => {
    const { analytic, before, after, size } = directionalDifference(loss, of, directionSeed)
    // The central difference is the middle of these two. At a kink (a clip) any slope between them is one.
    const [low, high] = [Math.min(before, after), Math.max(before, after)]
    const allowed = relative * size + absolute
    return analytic >= low - allowed && analytic <= high + allowed
      ? null
      : `the gradient gives a slope of ${analytic}, a central difference ${(before + after) / 2}`
  },
})

export const float64 = law<{ of: LossCase }>({
  name: "float64",
  says: "The value is that of plain loops in float64.",
  given: (subject) => ({ of: lossCaseFor(subject, extremeLogit) }),
  check: (loss, { of }) => {
    // A copy: plain loops of a user's that sort in place must not change what is shown.
    const expected = loss.subject.plain!(structuredClone(of), loss.options as never)
    return differs(loss.value(of), expected, "in float32", "in float64")
  },
})

/** Laws that every loss must obey, a user's own included. */
export const universalLaws: readonly Law[] = [finite, gradientOfValue, deterministic, leavesNothing]
