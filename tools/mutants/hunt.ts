import { performance } from "node:perf_hooks"
import type { Fault } from "./fault.ts"
import type { Judge } from "./startJudge.ts"

/** What became of a fault. */
export interface Verdict {
  readonly fault: Fault
  /** The test file that failed; "endless" when they did not come to their end, twice; null when nothing noticed. */
  readonly noticedBy: string | null
}

export interface Hunt {
  readonly verdicts: readonly Verdict[]
  readonly seconds: number
}

/** Tests of one fault last so long at most, by their time without it: what the nearest do not see has survived. */
const mostTestMs = 60_000

/** Every judge takes the next of the items when it is free. */
const shareOut = async <A>(
  judges: readonly Judge[],
  items: Iterable<A>,
  work: (judge: Judge, item: A) => Promise<void>,
): Promise<void> => {
  const left = items[Symbol.iterator]()
  const take = async (judge: Judge): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(judge, next.value)
  }
  await Promise.all(judges.map(take))
}

/** Runs the tests once on the right code: a test that fails there would notice everything.
 *  @returns test -> milliseconds */
const timesOf = async (
  judges: readonly Judge[],
  tests: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const times = new Map<string, number>()
  await shareOut(judges, tests, async (judge, test) => {
    const answer = await judge.ask({ fault: null, tests: [test] }, 1_200_000)
    if (answer === undefined || answer.noticedBy !== null)
      throw new Error(`${test} fails without a fault: mend it first`)
    times.set(test, answer.milliseconds)
  })
  return times
}

/** Plants the faults one after the other in the judges' sandboxes.
 *  @param testsOf a file's tests, nearest first  @param tell each verdict as it comes */
export const hunt = async (
  judges: readonly Judge[],
  faults: readonly Fault[],
  testsOf: (file: string) => readonly string[],
  tell: (verdict: Verdict) => void,
): Promise<Hunt> => {
  const start = performance.now()
  const tests = [...new Set(faults.flatMap(({ file }) => testsOf(file)))]
  const times = await timesOf(judges, tests)
  const verdicts: Verdict[] = []
  await shareOut(judges, faults, async (judge, fault) => {
    const asked: string[] = []
    let testMs = 0
    for (const test of testsOf(fault.file)) {
      if (asked.length > 0 && testMs + times.get(test)! > mostTestMs) continue
      asked.push(test)
      testMs += times.get(test)!
    }
    const ask = () => judge.ask({ fault, tests: asked }, 30_000 + 5 * testMs)
    // A busy machine can make tests late, too, once.
    const answer = (await ask()) ?? (await ask())
    const verdict = { fault, noticedBy: answer === undefined ? "endless" : answer.noticedBy }
    verdicts.push(verdict)
    tell(verdict)
  })
  return { verdicts, seconds: (performance.now() - start) / 1000 }
}
