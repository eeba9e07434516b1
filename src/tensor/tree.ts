import type { Tensor } from "@tensorflow/tfjs-core"

/** A plain nested record: how parameters, moments and optimizer slots are kept. Leaves are never records. */
export type Tree<T> = { readonly [name: string]: T | Tree<T> }

/** A tree of tensors: a network's parameters or state, an optimizer's slots. */
export type Params = Tree<Tensor>

type Entry<T> = readonly [path: string, leaf: T]

const isBranch = (node: unknown): node is Tree<never> =>
  typeof node === "object" && node !== null && Object.getPrototypeOf(node) === Object.prototype

/** Leaves with their paths ("encoder/0/kernel"), in the order of the keys. */
export const leaves = <T>(tree: Tree<T>, prefix = ""): Entry<T>[] =>
  Object.entries(tree).flatMap(([name, node]): Entry<T>[] =>
    isBranch(node) ? leaves(node as Tree<T>, `${prefix}${name}/`) : [[`${prefix}${name}`, node as T]],
  )

/** The inverse of leaves. */
export const fromLeaves = <T>(entries: Iterable<Entry<T>>): Tree<T> => {
  const root: Record<string, unknown> = {}
  for (const [path, leaf] of entries) {
    const names = path.split("/")
    const last = names.pop()!
    let branch = root
    for (const name of names) {
      branch[name] ??= {}
      branch = branch[name] as Record<string, unknown>
    }
    branch[last] = leaf
  }
  return root as Tree<T>
}

/** Applies f to every leaf; the shape of the tree stays. */
export const mapTree = <A, B>(tree: Tree<A>, f: (leaf: A, path: string) => B): Tree<B> =>
  fromLeaves(leaves(tree).map(([path, leaf]) => [path, f(leaf, path)] as const))

/** Combines trees leaf by leaf. Throws when `first` has a path that another lacks. */
export const zipTrees = <A, B, C>(
  first: Tree<A>,
  second: Tree<B>,
  f: (a: A, b: B, path: string) => C,
): Tree<C> => {
  const others = new Map(leaves(second))
  return mapTree(first, (leaf, path) => {
    const other = others.get(path)
    if (other === undefined) throw new Error(`zipTrees: the second tree has no leaf "${path}"`)
    return f(leaf, other, path)
  })
}
