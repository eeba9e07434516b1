import { Command, Option } from "commander"
import { losslabVersion } from "../sweep/environment.ts"
import {
  backendOption,
  folder,
  index,
  jsonOption,
  named,
  outOption,
  profileOption,
  setOption,
} from "./options.ts"

const out = (text: string): void => {
  process.stdout.write(text)
}

/** The command line: every verb with its arguments. Each imports what it needs when it is called: `--help` must not
 *  wait for a tensor library. */
export const program = new Command("losslab")
  .description("Image-segmentation experiments about losses: one YAML file, one honest report.")
  .version(losslabVersion())
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })
  .addHelpText(
    "after",
    `
Examples:
  losslab run experiments/adaptive.yaml
  losslab evaluate --predictions predictions --reference labels
  losslab compare scores.csv --metric dice`,
  )

program
  .command("run")
  .description("run an experiment and write its report; running again continues")
  .argument("<file>", "experiment (YAML)")
  .addOption(setOption())
  .addOption(outOption())
  .addOption(backendOption())
  .addOption(profileOption())
  .addHelpText("after", "\nExample:\n  losslab run experiments/adaptive.yaml --set train.epochs=3")
  .action(async (file, options) => {
    const { run } = await import("./run.ts")
    const { set: sets, backend, profile, out } = options
    await run({ file, sets, backend, profile, ...(out && { out }) })
  })

program
  .command("validate")
  .description(
    "check experiments: every problem with its place, then a training step of every loss on made-up data",
  )
  .argument("<files...>", "experiments (YAML)")
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText("after", "\nExample:\n  losslab validate experiments/*.yaml")
  .action(async (files, options) => {
    const { validate } = await import("./validate.ts")
    await validate(files, { ...options, out })
  })

program
  .command("plan")
  .description("say which cells would run: cached, stale (and why) or new")
  .argument("<file>", "experiment (YAML)")
  .addOption(setOption())
  .addOption(outOption())
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText("after", "\nExample:\n  losslab plan experiments/adaptive.yaml")
  .action(async (file, options) => {
    const { planCommand } = await import("./plan.ts")
    await planCommand({
      file,
      sets: options.set,
      backend: options.backend,
      json: options.json,
      print: out,
      ...(options.out && { out: options.out }),
    })
  })

program
  .command("show")
  .description("print the resolved experiment, every default filled in, with the origin of each value")
  .argument("<file>", "experiment (YAML)")
  .addOption(setOption())
  .addOption(jsonOption())
  .addHelpText("after", "\nExample:\n  losslab show experiments/adaptive.yaml --set seed=7")
  .action(async (file, options) => {
    const { show } = await import("./show.ts")
    await show(file, options.set, { json: options.json, out })
  })

program
  .command("loss")
  .description("value and gradient of a loss on arrays")
  .argument("<spec>", "YAML file, inline YAML ('{kind: agBce, kernel: 1}') or the name of a loss")
  .requiredOption("--logits <file>", ".npy, [B,H,W] or [B,H,W,1], float32 or float64")
  .requiredOption("--target <file>", ".npy, same shape, 0 or 1")
  .option("--second <file>", ".npy, same shape, 0 or 1: the second annotator")
  .option("--gradient <file>", "write the gradient with respect to the logits here (.npy)")
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText(
    "after",
    "\nExample:\n  losslab loss adaptiveFocal --logits z.npy --target y.npy --second n.npy --json",
  )
  .action(async (spec, options) => {
    const { lossCommand } = await import("./loss.ts")
    await lossCommand(spec, { ...options, out })
  })

program
  .command("verify")
  .description(
    "check the laws that losses claim, on random inputs; print counterexamples that can be repeated",
  )
  .argument(
    "[loss]",
    "name of a loss, inline YAML, a YAML file of one, or an experiment (default: all losses of the catalogue)",
  )
  .option("--module <file>", "a loss of your own instead: a .ts or .js module", named("--module"))
  .option("--options <yaml>", "what the module's default export gets: '{ share: 0.5 }'")
  .option("--law <name>", "this law alone")
  .option("--runs <n>", "inputs for each law", "200")
  .option("--seed <s>", "decides all inputs (default: another one each time)")
  .option("--path <p>", "this counterexample alone, of --law and --seed")
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText(
    "after",
    "\nExample:\n  losslab verify tversky\n  losslab verify '{ kind: agBce, kernel: 1 }' --runs 1000\n  losslab verify --module ./myLoss.ts",
  )
  .action(async (loss, options) => {
    const { verify } = await import("./verify.ts")
    await verify(loss, options, out)
  })

program
  .command("evaluate")
  .description(
    "score masks made by any tool against references: two files, or two folders paired by file name",
  )
  .requiredOption("--predictions <path>", "a mask or a folder of masks (.nii, .nii.gz, .png)")
  .requiredOption("--reference <path>", "the reference of each, under the same name")
  .option("--metrics <a,b>", "some of dice, iou, precision, recall, hd, hd95, assd, nsd (default: all)")
  .addOption(
    new Option("--per <unit>", "what a mask is: a whole file, or each slice along its third axis")
      .choices(["volume", "slice"])
      .default("volume"),
  )
  .addOption(
    new Option("--hd95 <convention>", "as medpy, as MONAI, or as surface-distance")
      .choices(["pooled", "max-directed", "contour"])
      .default("pooled"),
  )
  .option("--tolerance-mm <t>", "of nsd (default: 2)")
  .addOption(
    new Option("--empty <policy>", "what counts where a mask is empty")
      .choices(["skip", "worst", "undefined"])
      .default("skip"),
  )
  .option("--labels <1,2>", "the values that are inside (default: the one value beside 0)")
  .option("--spacing-mm <row,column>", "of PNG images (default: distances are in pixels)")
  .addOption(
    new Option(
      "--agreement <what>",
      "what prediction and reference must share: the whole geometry or its shape",
    )
      .choices(["geometry", "shape"])
      .default("geometry"),
  )
  .option("--jobs <n>", "cases to score at once (default: one for each core)")
  .option("--csv <file>", "write the table of all cases here too")
  .addOption(jsonOption())
  .addHelpText(
    "after",
    "\nExample:\n  losslab evaluate --predictions predictions --reference labels --metrics dice,hd95 --csv scores.csv",
  )
  .action(async (options) => {
    const { evaluate } = await import("./evaluate.ts")
    await evaluate(options, out)
  })

program
  .command("predict")
  .description(
    "write what a trained network makes of images: one mask per image, in the image's own geometry",
  )
  .option("--run <folder>", "run directory with the trained network", named("--run"))
  .option("--cell <label>", "which cell of the run, when several are done")
  .option(
    "--checkpoint <file>",
    "instead of a run: a weights.safetensors, wherever it lies",
    named("--checkpoint"),
  )
  .requiredOption("--input <path>", "an image or a folder of images (.nii, .nii.gz, .png)", named("--input"))
  .requiredOption("--out <folder>", "where the masks go, each under its image's name", named("--out"))
  .option("--probabilities", "write the probabilities too, into OUT/probabilities", false)
  .option("--overwrite", "replace files that are where predictions go", false)
  .option("--threshold <p>", "the least probability that is inside", "0.5")
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText(
    "after",
    "\nExample:\n  losslab predict --run runs/adaptive --cell agBce --input images --out predictions",
  )
  .action(async (options) => {
    const { predict } = await import("./predict.ts")
    await predict(options, out)
  })

program
  .command("inspect")
  .description("say what a NIfTI volume holds")
  .argument("<file>", ".nii or .nii.gz")
  .addOption(jsonOption())
  .addHelpText("after", "\nExample:\n  losslab inspect prostate.nii.gz --json")
  .action(async (file, options) => {
    const { inspect } = await import("./inspect.ts")
    await inspect(file, { json: options.json, out })
  })

program
  .command("compare")
  .description("compare methods by their scores on the same cases: paired tests, corrected for their number")
  .argument(
    "<tables...>",
    "CSV: a row per case, a column per method (agBce) or per method and metric (agBce.dice); or several tables, one for each method, as evaluate --csv writes them",
  )
  .option("--metric <name>", "the metric whose columns to compare, or that all columns hold")
  .option("--baseline <method>", "compare each method with this one only, instead of every pair")
  .addOption(jsonOption())
  .addHelpText(
    "after",
    "\nExample:\n  losslab compare scores.csv --metric dice\n  losslab compare unet.csv nnunet.csv --metric hd95",
  )
  .action(async (tables, options) => {
    const { compare } = await import("./compare.ts")
    await compare(tables, { ...options, out })
  })

program
  .command("schema")
  .description("print the JSON Schema of experiments, for editors")
  .option("--out <folder>", "write it into this folder instead", folder)
  .addHelpText("after", "\nExample:\n  losslab schema --out schemas")
  .action(async (options) => {
    const { schema } = await import("./schema.ts")
    await schema({ out, ...(options.out && { folder: options.out }) })
  })

program
  .command("doctor")
  .description("say which tensor engine runs, which were passed over and why")
  .option("--engine", "compare a compiled training step of every model, loss and optimizer, too", false)
  .addOption(backendOption())
  .addOption(jsonOption())
  .addHelpText("after", "\nExample:\n  losslab doctor\n  losslab doctor --engine")
  .action(async (options) => {
    const { doctor } = await import("./doctor.ts")
    await doctor({ ...options, out: (line) => out(`${line}\n`) })
  })

program
  .command("setup-tensorflow")
  .description("get the pinned TensorFlow library into the per-user cache")
  .addHelpText("after", "\nExample:\n  losslab setup-tensorflow")
  .action(async () => {
    const { setupTensorflow } = await import("./setupTensorflow.ts")
    await setupTensorflow({})
  })

program
  .command("cell")
  .description("run one cell of a plan in this process, events as JSON lines on stdout")
  .requiredOption("--plan <file>", "plan.json")
  .requiredOption("--index <i>", "which cell, from 0", index)
  .option("--supervised", "stop when stdin ends: the parent that holds it open is gone", false)
  .option("--load-only", "only load the data and score the reference rows", false)
  .addOption(profileOption())
  .addHelpText("after", "\nExample:\n  losslab cell --plan runs/adaptive/plan.json --index 0")
  .action(async (options) => {
    const { cellCommand } = await import("./cell.ts")
    await cellCommand(options)
  })
