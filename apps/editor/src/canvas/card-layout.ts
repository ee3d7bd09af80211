import {
  dataPortsOf,
  execPortsOf,
  isSet,
  outputsOf,
  type DataPort,
  type FlowNode,
  type NodeDefinition,
  type PropertyDefinition,
} from '@millrace/flow'

/**
 * Where everything on a card stands, worked out from the definition alone: rows have fixed heights,
 * so the canvas knows every port's place before it draws a card, and nothing a run shows moves it.
 * All figures are canvas pixels; x and y count from the card's corner.
 */

/** The fixed measures of a card. */
export const cardMeasures = {
  width: 256,
  bar: 4,
  header: 40,
  /** With the line that names the type below a changed title. */
  tallHeader: 52,
  row: 22,
  /** Above and below the rows of the exec band. */
  execPadding: 4,
  /** Above and below the data ports. */
  dataPadding: 6,
  /** The live text: three whole lines. */
  stream: 66,
  streamMargin: 10,
  attachments: 32,
  /** The space below the header of a card that has nothing else. */
  foot: 6,
} as const

/** Sizes of the ports' shapes. */
export const portSizes = { exec: 18, data: 10, attachment: 12 } as const

type PortKind = keyof typeof portSizes

/** One port of a card, with the centre of its shape. */
export interface CardPort {
  /** Unique on the card; `execOutId` and its fellows make it. */
  readonly id: string
  readonly kind: PortKind
  readonly direction: 'in' | 'out'
  /** The name of the port or the key of the property. */
  readonly key: string
  readonly label: string
  readonly x: number
  readonly y: number
}

/** An input in the data part of the card. */
export interface InputRow extends DataPort {
  readonly isBound: boolean
}

export interface CardLayout {
  readonly width: number
  readonly height: number
  readonly headerHeight: number
  /** Heights of the parts, 0 for one that the card does not have. */
  readonly execHeight: number
  readonly dataHeight: number
  readonly hasStream: boolean
  /** Whether the exec band ends the card. */
  readonly isExecLast: boolean
  readonly inputs: readonly InputRow[]
  /** How many unset optional inputs could be folded away. */
  readonly foldable: number
  readonly isFolded: boolean
  readonly ports: readonly CardPort[]
}

export const execInId = 'exec-in'
export const attachInId = 'attach-in'
export const execOutId = (port: string) => `exec:${port}`
/** Of the id of a `DataPort`. */
export const inputId = (id: string) => `in:${id}`
export const outputId = (key: string) => `out:${key}`
export const attachmentId = (port: string) => `attach:${port}`

/** Lays out the card of a node; see `layOutBrokenCard` for one without a definition. */
export function layOutCard(
  node: FlowNode,
  definition: NodeDefinition,
  options: { readonly isExpanded: boolean; readonly isTall: boolean },
): CardLayout {
  const { width, bar, row, execPadding, dataPadding } = cardMeasures
  const headerHeight = options.isTall ? cardMeasures.tallHeader : cardMeasures.header
  const ports: CardPort[] = []
  let y = bar + headerHeight

  if (definition.kind === 'resource') {
    ports.push(port('attachment', 'in', attachInId, { key: '', label: 'Host', x: width / 2, y: 0 }))
  }

  const outs = execPortsOf(definition, node)
  const hasExecIn = definition.exec?.in === true
  const execRows = Math.max(outs.length, hasExecIn ? 1 : 0)
  const execHeight = execRows === 0 ? 0 : execRows * row + 2 * execPadding
  const middleOf = (index: number) => y + execPadding + index * row + row / 2
  if (hasExecIn) {
    ports.push(port('exec', 'in', execInId, { key: '', label: 'In', x: 0, y: middleOf(0) }))
  }
  outs.forEach(({ id, label }, index) => {
    ports.push(port('exec', 'out', execOutId(id), { key: id, label, x: width, y: middleOf(index) }))
  })
  y += execHeight

  const all = inputsOf(node, definition)
  const folded = all.filter(({ isBound, property }) => !isBound && property.required !== true)
  // One folded row would save nothing: its own line takes its place.
  const foldable = folded.length > 1 ? folded.length : 0
  const isFolded = foldable > 0 && !options.isExpanded
  const inputs = isFolded ? all.filter((input) => !folded.includes(input)) : all
  const outputs = outputsOf(definition, node)
  const dataRows = Math.max(inputs.length + (foldable > 0 ? 1 : 0), outputs.length)
  const dataHeight = dataRows === 0 ? 0 : dataRows * row + 2 * dataPadding
  const rowAt = (index: number) => y + dataPadding + index * row + row / 2
  inputs.forEach(({ id, key, label }, index) => {
    ports.push(port('data', 'in', inputId(id), { key, label, x: 0, y: rowAt(index) }))
  })
  outputs.forEach(({ key, name }, index) => {
    ports.push(port('data', 'out', outputId(key), { key, label: name, x: width, y: rowAt(index) }))
  })
  y += dataHeight

  const hasStream = definition.streams === true
  if (hasStream) y += cardMeasures.stream + cardMeasures.streamMargin

  const attachments = Object.entries(definition.attachments ?? {})
  if (attachments.length > 0) y += cardMeasures.attachments
  attachments.forEach(([key, { label }], index) => {
    const x = (width / attachments.length) * (index + 0.5)
    ports.push(port('attachment', 'out', attachmentId(key), { key, label, x, y }))
  })

  if (execRows + dataRows + attachments.length === 0) y += cardMeasures.foot
  return {
    width,
    height: y,
    headerHeight,
    execHeight,
    dataHeight,
    hasStream,
    isExecLast: execRows > 0 && dataRows + attachments.length === 0 && !hasStream,
    inputs,
    foldable,
    isFolded,
    ports,
  }
}

/** The card of a node that no definition is known for: it keeps the ports that its edges name. */
export function layOutBrokenCard(used: {
  readonly isTall: boolean
  readonly hasExecIn: boolean
  readonly outs: readonly string[]
  readonly isResource: boolean
  readonly attachments: readonly string[]
}): CardLayout {
  const out = Object.fromEntries(used.outs.map((id) => [id, { label: id }]))
  const definition: NodeDefinition = {
    type: 'unknown.node',
    version: 1,
    kind: used.isResource ? 'resource' : 'action',
    title: '',
    system: '',
    category: 'control',
    icon: '',
    description: '',
    properties: {},
    exec: { in: used.hasExecIn, out },
    attachments: Object.fromEntries(
      used.attachments.map((id) => [id, { label: id, accepts: 'historyReducer' as const }]),
    ),
  }
  return layOutCard({ id: 'unknown', type: definition.type }, definition, {
    isExpanded: false,
    isTall: used.isTall,
  })
}

function inputsOf(node: FlowNode, definition: NodeDefinition): readonly InputRow[] {
  return dataPortsOf(definition, node)
    .filter(({ property }) => isVisible(node, definition, property))
    .map((input) => ({ ...input, isBound: isSet(input.value) }))
}

function isVisible(
  node: FlowNode,
  definition: NodeDefinition,
  { visible }: PropertyDefinition,
): boolean {
  if (visible === undefined) return true
  const value =
    node.properties?.[visible.property] ?? definition.properties[visible.property]?.default
  return visible.in.some((wanted) => wanted === value)
}

function port(
  kind: PortKind,
  direction: 'in' | 'out',
  id: string,
  rest: Pick<CardPort, 'key' | 'label' | 'x' | 'y'>,
): CardPort {
  return { id, kind, direction, ...rest }
}
