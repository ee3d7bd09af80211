/**
 * Stands for `d3-color` in the built editor. React Flow moves its view by `d3-zoom`, whose
 * transitions could also blend colours: that would be a tenth of what the canvas fetches of d3, and
 * nothing here blends any. What is no colour is blended as text, as d3 does with other text.
 */
export function color(): null {
  return null
}

function refuse(): never {
  throw new Error('The editor blends no colours.')
}

export {
  refuse as cubehelix,
  refuse as gray,
  refuse as hcl,
  refuse as hsl,
  refuse as lab,
  refuse as lch,
  refuse as rgb,
}
