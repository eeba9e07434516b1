/** A right experiment with as little in it as possible. */
export const experiment = `name: tiny
load:
  source: { kind: phantom }
  size: [32, 32]
train:
  model: { kind: unet }
  loss: { kind: bce }
  optimizer: { kind: sgd }
  schedule: { kind: constant, learningRate: 0.1 }
  epochs: 1
  batchSize: 2
`
