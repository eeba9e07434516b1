import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as tf from "@tensorflow/tfjs-core"
import { buildObjective } from "../src/config/catalog/losses.ts"
import { loadLoss } from "../src/config/experiment/loadLoss.ts"
import { writeNpy } from "../src/data/files/npy.ts"
import { Failure } from "../src/failure/failure.ts"
import type { Truth } from "../src/losses/loss.ts"
import type { Objective } from "../src/losses/objective.ts"
import { rootKey } from "../src/tensor/randomKey.ts"
import { assertSame } from "./assertSame.ts"
import { benchArguments } from "./benchArguments.ts"
import { startCellEngine } from "./engineEnvironment.ts"
import { batchShape, distanceMaps, type LossBatch, lossBatch } from "./lossBatch.ts"
import { type LossPair, lossPairs } from "./lossPairs.ts"
import { machineOf } from "./machine.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { markdownTable, spreadText } from "./table.ts"
import { alternate, type Comparison, milliseconds, peerCalls } from "./timing.ts"
import { wholeSteps } from "./wholeStep.ts"

const callsPerTurn = 5

interface Result extends Comparison {
  readonly name: string
  readonly by: string
  readonly remark: string
}

const buildPair = async ({ loss }: LossPair): Promise<Objective> => {
  const said = loadLoss(JSON.stringify(loss))
  if (said._tag === "Left") throw new Failure("config", said.left)
  return (await buildObjective(said.right)).value
}

/** The batch on the engine, and what else a loss is called with. */
const onEngine = ({ logits, ...truth }: LossBatch) => {
  const tensor = (values: Float32Array) => tf.tensor4d(values, [...batchShape])
  return {
    logits: tensor(logits),
    truth: {
      mask: tensor(truth.mask),
      second: tensor(truth.second),
      distance: tensor(truth.distance),
    } satisfies Truth,
    at: { progress: tf.scalar(0.5), key: tf.tensor1d([1, 2], "int32") },
  }
}

type OnEngine = ReturnType<typeof onEngine>

/** A step of value and gradient, as training takes one: the value is read. */
const step = (objective: Objective, { logits, truth, at }: OnEngine) => {
  const params = objective.init(rootKey(1))
  const compute = tf.valueAndGrad((z) => objective.apply(params, [z as tf.Tensor4D], [truth], at))
  return <A>(read: (value: number, gradient: tf.Tensor) => A): A => {
    const { value, grad } = tf.tidy(() => compute(logits))
    const result = read(value.dataSync<"float32">()[0]!, grad)
    tf.dispose([value, grad])
    return result
  }
}

const titleOf = ({ loss: { kind, ...options } }: LossPair): string =>
  [kind, ...Object.values(options).filter((value) => typeof value === "string")].join(" ")

const timePair = async (pair: LossPair, batch: OnEngine, peer: Peer, rounds: number): Promise<Result> => {
  const name = titleOf(pair)
  const once = step(await buildPair(pair), batch)
  const theirs = await peer.ask({ prepare: pair.peer, options: pair.options ?? {} })
  const tolerance = pair.random === true ? 0.01 : 1e-4
  once((value, gradient) => {
    assertSame(name, "value", value, theirs.value!, tolerance)
    const norm = tf.tidy(() => tf.norm(gradient).dataSync<"float32">()[0]!)
    assertSame(name, "norm of the gradient", norm, theirs.gradientNorm!, tolerance)
  })
  const ours = milliseconds(() => once(() => undefined))
  return {
    name,
    by: pair.by,
    remark: pair.remark ?? "",
    ...(await alternate(ours, peerCalls(peer), { rounds, callsPerTurn })),
  }
}

/** The distance maps of a batch: what the sampler computes ahead of a step for the losses that need them. */
const timeDistanceMaps = async ({ mask }: LossBatch, peer: Peer, rounds: number): Promise<Result> => {
  const compute = () => distanceMaps(mask)
  const theirs = await peer.ask({ prepare: "distanceMaps", options: {} })
  const mean = compute().reduce((sum, value) => sum + value, 0) / mask.length
  assertSame("distanceMaps", "mean", mean, theirs.value!, 1e-4)
  return {
    name: "distanceMaps",
    by: "SciPy",
    remark: "of all masks, once per batch and not part of a loss",
    ...(await alternate(milliseconds(compute), peerCalls(peer), { rounds, callsPerTurn })),
  }
}

const markdown = (results: readonly Result[]): string =>
  markdownTable(
    ["loss", "against", "losslab, ms", "the other, ms", "ratio", ""],
    results.map(({ name, by, losslab, peer, ratio, remark }) => [
      name.replace(/^\w+/, "`$&`"),
      by,
      spreadText(losslab, 1),
      spreadText(peer, 1),
      spreadText(ratio, 2),
      remark,
    ]),
  )

/** Times value and gradient of losses on a batch of [8, 224, 224, 1], on the eager TensorFlow engine, against the same
 *  losses by PyTorch and its libraries, in one run and in turns.
 *  npm run bench -- losses [--json] [--quick] [--rounds N] [KIND...]
 *  @param args --json prints one object instead of the table; kinds choose some of bench/lossPairs.ts */
export const losses = async (args: readonly string[]): Promise<void> => {
  const known = [...new Set([...lossPairs.map(({ loss }) => loss.kind), "distanceMaps"])]
  const { json, quick, numbers, names } = benchArguments("losses", args, { rounds: 20 }, known)
  const rounds = quick ? 2 : numbers.rounds
  const wanted = (kind: string) => names.includes(kind)
  const engine = await startCellEngine()
  if (engine === null) return
  const peer = await startPeer("losses.py")
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  try {
    const machine = machineOf({ engine: `${engine.version}, ${engine.threads} threads`, ...peer.versions })
    const arrays = lossBatch()
    const files = Object.keys(arrays).map((name) => [name, join(folder, `${name}.npy`)] as const)
    for (const [name, file] of files)
      await writeFile(file, writeNpy({ shape: batchShape, data: arrays[name as keyof LossBatch] }))
    await peer.ask({ load: Object.fromEntries(files) })
    const batch = onEngine(arrays)
    const results: Result[] = []
    for (const pair of lossPairs.filter(({ loss }) => wanted(loss.kind)))
      results.push(await timePair(pair, batch, peer, rounds))
    if (wanted("distanceMaps")) results.push(await timeDistanceMaps(arrays, peer, rounds))
    const step = Math.min(...wholeSteps(5))
    const calls = rounds * callsPerTurn
    const note = `a whole training step with bce: ${step.toFixed(0)} ms
minimum, median (quartiles) of ${calls} calls, in turns; ${JSON.stringify(machine)}`
    printResult(json, `${markdown(results)}\n${note}\n`, { calls, shape: batchShape, machine, results, step })
  } finally {
    peer.end()
    await rm(folder, { recursive: true, force: true })
  }
}
