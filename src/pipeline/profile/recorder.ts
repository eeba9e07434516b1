import { performance } from "node:perf_hooks"
import type { OperationTime } from "../../engine/tensorflow/stepStats.ts"
import { type ProfiledFunction, span, type Tracer } from "../../stages/tracer.ts"
import { type Lanes, lanes } from "./lanes.ts"
import { operationEvents, plainName } from "./operationEvents.ts"
import type { Profile, ProfileTotal, TraceEvent } from "./profile.ts"
import { type Totals, totals } from "./totals.ts"

export interface Recorder {
  readonly tracer: Tracer
  /** What was recorded so far; null when nothing was trained or evaluated. */
  readonly profile: (about: Pick<Profile["otherData"], "cell" | "key" | "engine">) => Profile | null
}

/** Of each name so many spans are listed, which bounds memory: a training has under ten names per step. */
const mostOfName = 10_000

const pid = 1
const operationPids: Readonly<Record<ProfiledFunction, number>> = { "training step": 2, "forward pass": 3 }

const stageOf: Readonly<Record<ProfiledFunction, string>> = {
  "training step": "train",
  "forward pass": "evaluate",
}

/** What profiling one function is called among the spans. */
const profilingOf = (of: ProfiledFunction): string => `profile of one ${of}`

/** Records spans in memory, from the start of this process on.
 *  @param now milliseconds since then, of a clock that never jumps
 *  @param most spans of one name that are listed */
export const recorder = (now: () => number = () => performance.now(), most = mostOfName): Recorder => {
  const events: TraceEvent[] = []
  const spans = totals()
  const operations = new Map<ProfiledFunction, Totals | null>()
  /** Track and lane -> the number of the trace's thread. */
  const threads = new Map<string, number>()
  const lanesOf = new Map<string, Lanes>()
  let isFull = false

  const threadOf = (name: string): number => {
    const known = threads.get(name)
    if (known !== undefined) return known
    const tid = threads.size + 1
    threads.set(name, tid)
    return tid
  }

  const record = (name: string, tid: number, start: number): void => {
    const dur = Math.max(0, now() - start) * 1000
    if (spans.add(name, dur) < most)
      events.push({ ph: "X", name, cat: "span", pid, tid, ts: start * 1000, dur })
    else isFull = true
  }

  const begin: Tracer["begin"] = (name, track = "cell") => {
    const start = now()
    if (track === "cell") {
      const tid = threadOf(track)
      return () => record(name, tid, start)
    }
    const own = lanesOf.get(track) ?? lanes()
    lanesOf.set(track, own)
    const lane = own.take()
    const tid = threadOf(lane === 0 ? track : `${track} ${lane + 1}`)
    return () => {
      own.giveBack(lane)
      record(name, tid, start)
    }
  }

  const tracer: Tracer = {
    begin,
    operations: (of, profile) => {
      if (operations.has(of)) return 0
      const start = now()
      const times = span(tracer, profilingOf(of), profile)
      operations.set(of, times === null ? null : sumsOf(times))
      if (times === null) return now() - start
      const name = `operations of one ${of}`
      for (const event of operationEvents(times, { pid: operationPids[of], name, endMicros: now() * 1000 }))
        events.push(event)
      return now() - start
    },
  }

  // Whatever ran before there was a recorder: the modules and the engine.
  record("start", threadOf("cell"), 0)

  return {
    tracer,
    profile: (about) => {
      const list = spans.list()
      const millisecondsOf = (name: string) => list.find((total) => total.name === name)?.milliseconds ?? 0
      const functions = Object.keys(operationPids) as ProfiledFunction[] // its keys are these
      const ran = functions.filter((of) => millisecondsOf(stageOf[of]) > 0)
      if (ran.length === 0) return null
      const profiling = functions.reduce((sum, of) => sum + millisecondsOf(profilingOf(of)), 0)
      const operationsOf = (of: ProfiledFunction): readonly ProfileTotal[] => operations.get(of)?.list() ?? []
      const notes = [
        ...functions
          .filter((of) => !ran.includes(of))
          .map((of) => `what ${stageOf[of]} makes was in the store: no ${of} was profiled`),
        ...ran
          .filter((of) => !operations.has(of))
          .map((of) => `there was nothing left to ${stageOf[of]}: no ${of} was profiled`),
        ...ran
          .filter((of) => operations.get(of) === null)
          .map((of) => `the ${of} is not compiled here, and only compiled functions have operations to list`),
        ...(isFull ? [`of spans of one name the first ${most} are listed; the sums are of all`] : []),
      ]
      return {
        traceEvents: [...namesOf(`losslab cell ${about.cell}`, threads), ...events],
        displayTimeUnit: "ms",
        otherData: {
          ...about,
          seconds: (now() - profiling) / 1000,
          spans: list,
          trainingStep: operationsOf("training step"),
          forwardPass: operationsOf("forward pass"),
          notes,
        },
      }
    },
  }
}

const sumsOf = (times: readonly OperationTime[]): Totals => {
  const sums = totals()
  for (const { operation, micros } of times) sums.add(plainName(operation), micros)
  return sums
}

const namesOf = (name: string, threads: ReadonlyMap<string, number>): readonly TraceEvent[] => [
  { ph: "M", name: "process_name", pid, tid: 0, args: { name } },
  { ph: "M", name: "process_sort_index", pid, tid: 0, args: { sort_index: pid } },
  ...[...threads].flatMap(([name, tid]): TraceEvent[] => [
    { ph: "M", name: "thread_name", pid, tid, args: { name } },
    { ph: "M", name: "thread_sort_index", pid, tid, args: { sort_index: tid } },
  ]),
]
