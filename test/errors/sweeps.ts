import { but, refused, set } from "./experimentFiles.ts"
import type { Subject } from "./scenario.ts"

const tiny = but("name", "name")
const seeds = "{ name: seed, path: seed, values: [1, 2] }"
const factors = (...written: readonly string[]): string =>
  `${tiny}sweep:\n  factors:\n${written.map((each) => `    - ${each}\n`).join("")}`
const hundred = `[${Array.from({ length: 101 }, (_, i) => i)}]`

export const sweeps: Subject = {
  title: "Sweeps and --set",
  scenarios: [
    set("A setting without a value", "train.epochs"),
    set("A setting with nothing after the equals sign", "train.epochs="),
    set("A setting of a key that does not exist", "train.epoch=3"),
    set("Two settings that do not fit", "train.epochs=0", "seed=x"),
    set("A setting of an item that the list does not have", "augment.3.axis=rows"),
    set("A setting within a single value", "train.epochs.first=1"),
    set("A setting of extends", "extends=base.yaml"),
    set("A setting that is no YAML", "load.size=[16, 16"),
    refused("A factor that changes the name", factors("{ name: title, path: name, values: [a, b] }")),
    refused(
      "A factor of a key that does not exist",
      factors("{ name: rate, path: train.epoch, values: [1, 2] }"),
    ),
    refused("Two factors of one name", factors(seeds, "{ name: seed, path: train.epochs, values: [1, 2] }")),
    refused("Two factors at one path", factors(seeds, "{ name: start, path: seed, values: [3, 4] }")),
    refused(
      "A factor that replaces what another puts",
      factors(
        "{ name: width, path: train.model.baseWidth, values: [2, 4] }",
        "{ name: model, path: train.model, values: { small: { kind: unet, depth: 3 } } }",
      ),
    ),
    refused("A factor's value named twice", factors("{ name: seed, path: seed, values: [1, 2, 1] }")),
    refused(
      "A value that cannot be a label",
      factors("{ name: title, path: load.preprocessing, values: ['very clean'] }"),
    ),
    refused("A factor without values", factors("{ name: seed, path: seed, values: [] }")),
    refused(
      "A sweep that is too large",
      factors(
        `{ name: seed, path: seed, values: ${hundred} }`,
        `{ name: split, path: load.split.seed, values: ${hundred} }`,
      ),
    ),
    refused(
      "A baseline that no cell is",
      `${factors("{ name: loss, path: train.loss, values: { agBce: { kind: agBce }, bce: { kind: bce } } }")}report: { baseline: agBCe }\n`,
    ),
  ],
}
