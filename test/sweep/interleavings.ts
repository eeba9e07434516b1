import { AsyncLocalStorage } from "node:async_hooks"
import { setImmediate } from "node:timers/promises"

/** Which of the tasks is running. */
const running = new AsyncLocalStorage<number>()

/** The tasks that wait for their next step, and what lets each take it. */
const waiting = new Map<number, () => void>()

/** Which task asks. */
export const currentTask = (): number => running.getStore()!

/** One step of a task that nothing comes in between of: it waits until it is the task's turn. */
export const step = <A>(operation: () => A): Promise<A> =>
  new Promise((resolve, reject) => {
    waiting.set(currentTask(), () => {
      try {
        resolve(operation())
      } catch (error) {
        reject(error)
      }
    })
  })

/** Lets a task that waits take its step, and goes on until it waits again or is over. */
export const advance = async (task: number): Promise<void> => {
  const go = waiting.get(task)!
  waiting.delete(task)
  go()
  await setImmediate() // Promises settle before this; nothing else is waited for between two steps.
}

export const isWaiting = (task: number): boolean => waiting.has(task)

/** Starts a task, up to its first step; the result is told when it is over. */
export const start = async <A>(
  task: number,
  work: () => Promise<A>,
): Promise<{ readonly result: Promise<A> }> => {
  const result = running.run(task, work)
  result.catch(() => undefined)
  await setImmediate()
  return { result }
}

/** Runs tasks of steps in every order in which at most so many times a task is left that could have gone on: first
 *  to last, with no luck in it. Each order begins anew.
 *  @param begin makes the tasks of one order   @param over looks at what came of them */
export const everyOrder = async <A>(
  switches: number,
  begin: () => readonly (() => Promise<A>)[],
  over: (results: readonly PromiseSettledResult<A>[], order: readonly number[]) => void,
): Promise<number> => {
  // The choices of the order before, each with those that are left to try.
  let choices: { task: number; left: number[] }[] = []
  let orders = 0
  do {
    waiting.clear()
    const results = await Promise.all(begin().map((work, task) => start(task, work)))
    let left = switches
    for (let at = 0; waiting.size > 0; at++) {
      const current = choices[at - 1]?.task
      const others = [...waiting.keys()].filter((task) => task !== current).sort()
      const goesOn = current !== undefined && waiting.has(current)
      if (at === choices.length) {
        const [task, ...rest] = goesOn ? [current, ...(left > 0 ? others : [])] : others
        choices.push({ task: task!, left: rest })
      }
      const { task } = choices[at]!
      if (goesOn && task !== current) left--
      await advance(task)
    }
    orders++
    over(
      await Promise.allSettled(results.map(({ result }) => result)),
      choices.map(({ task }) => task),
    )
    // The last choice that has another one left is made otherwise.
    while (choices.length > 0 && choices.at(-1)!.left.length === 0) choices.pop()
    const last = choices.pop()
    if (last !== undefined) choices = [...choices, { task: last.left[0]!, left: last.left.slice(1) }]
  } while (choices.length > 0)
  return orders
}
