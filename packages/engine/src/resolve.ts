import {
  compileExpression,
  exceedsDepth,
  FlowError,
  followPath,
  isOfType,
  isSet,
  maxDepth,
  parseReference,
  readBinding,
  readCases,
  readConditions,
  replaceAt,
  required,
  rulesOf,
  textInTemplate,
  textOf,
  describeType,
  typeOfValue,
  type BindingCell,
  type JsonValue,
  type PropertyDefinition,
  type Template,
  type TextBinding,
} from '@millrace/flow'
import { compileCondition } from './condition.ts'

/** The values of a run, by slot. */
export type Values = readonly unknown[]

/** Works out the value of a property from a run's values; throws a `FlowError` when it cannot. */
export type Resolver = (values: Values) => unknown

/** Where the variables that are in scope keep their values. */
export type Slots = ReadonlyMap<string, number>

/** What a resolver's errors name. */
export interface ResolverSite {
  readonly nodeId: string
  readonly title: string
  readonly key: string
  readonly property: PropertyDefinition
}

/**
 * Compiles what a flow gives a property, once per plan. The resolver answers `undefined` for an
 * optional property that is empty; conditions resolve to a function, since a loop asks them again.
 */
export function compileProperty(
  site: ResolverSite,
  value: JsonValue | undefined,
  slots: Slots,
): Resolver {
  const { property } = site
  if (property.kind === 'conditions') {
    const holds = isSet(value) ? compileConditions(value, slots) : () => false
    return (values) => () => blame(site, () => holds(values))
  }
  if (!isSet(value)) {
    const empty = whenEmpty(site, literalOf(value))
    return () => empty
  }
  if (property.kind === 'cases') return compileCases(site, value, slots)
  if (property.kind === 'template') return compileTemplate(site, value, slots)
  if (rulesOf(property).cells !== undefined) return compileCells(site, value, slots)
  const resolve = compileBinding(value, slots)
  const fit = fitter(site)
  if (literalOf(value) !== undefined) {
    const constant = fit(resolve([]))
    return () => constant
  }
  return (values) => fit(blame(site, () => resolve(values)))
}

function literalOf(value: JsonValue | undefined): unknown {
  const binding = value === undefined ? undefined : readBinding(value)
  return binding?.kind === 'literal' ? binding.value : undefined
}

/** Like conditions, a case resolves to a function: only those before the first that holds are asked. */
function compileCases(site: ResolverSite, value: JsonValue, slots: Slots): Resolver {
  const literal = literalOf(value) as JsonValue // the check let nothing else through
  const cases = (readCases(literal) ?? []).map(({ id, name, condition }) => {
    const holds = compileConditions(condition, slots)
    const ofCase = {
      ...site,
      property: { ...site.property, label: `${site.property.label}: ${name}` },
    }
    return { id, name, holds: (values: Values) => blame(ofCase, () => holds(values)) }
  })
  return (values) =>
    cases.map(({ id, name, holds }) => ({ id, name, condition: () => holds(values) }))
}

/** A value inside which bindings stand: the same value, each binding in it resolved. */
function compileCells(site: ResolverSite, value: JsonValue, slots: Slots): Resolver {
  const literal = literalOf(value) as JsonValue // the check let nothing else through
  const cells = (rulesOf(site.property).cells?.(literal, site.property) ?? []).map((cell) => {
    const resolve = compileBinding(cell.value, slots)
    const cellSite = { ...site, property: { ...site.property, label: labelOf(site, cell) } }
    return {
      path: cell.path,
      resolve: (values: Values) =>
        fitCell(
          cellSite,
          cell,
          blame(cellSite, () => resolve(values)),
        ),
    }
  })
  return (values) =>
    cells.reduce(
      (current, { path, resolve }) => replaceAt(current, path, resolve(values) as JsonValue), // of a run: JSON
      literal,
    )
}

function labelOf({ property }: ResolverSite, { label }: BindingCell): string {
  return label === undefined ? property.label : `${property.label}: ${label}`
}

function fitCell(site: ResolverSite, { type }: BindingCell, value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (type === 'text') return typeof value === 'string' ? value : textOf(value)
  if (isOfType(value, type)) return value
  throw unfit(
    site,
    `needs ${describeType(required(type))}, and got ${describeType(typeOfValue(value))}`,
  )
}

/** A template knows which of its text is its own, and which a variable put in. */
function compileTemplate(site: ResolverSite, value: JsonValue, slots: Slots): Resolver {
  const binding = readBinding(value)
  if (binding?.kind === 'text') {
    const parts = compileParts(binding.parts, slots)
    return (values) => blame(site, () => templateOf(parts, values))
  }
  const resolve = compileBinding(value, slots)
  const fit = fitter(site)
  return (values) => {
    const text = fit(blame(site, () => resolve(values)))
    return text === undefined ? undefined : [text]
  }
}

function templateOf(parts: TextParts, values: Values): Template {
  return parts.map((part) =>
    typeof part === 'string' ? part : { value: textInTemplate(part(values)) },
  )
}

/** Text as it is, and what resolves to a value between it. */
type TextParts = readonly (string | Resolver)[]

function compileParts(parts: TextBinding['$text'], slots: Slots): TextParts {
  return parts.map((part) => (typeof part === 'string' ? part : compileBinding({ ...part }, slots)))
}

/** Compiles any binding, without a wish for the type of its value. */
function compileBinding(value: JsonValue, slots: Slots): Resolver {
  const binding = readBinding(value)
  switch (binding?.kind) {
    case 'reference':
      return compileReference(binding.reference, slots)
    case 'text': {
      const parts = compileParts(binding.parts, slots)
      return (values) =>
        parts
          .map((part) => (typeof part === 'string' ? part : textInTemplate(part(values))))
          .join('')
    }
    case 'expression': {
      const expression = compileExpression(binding.source)
      const used = expression.variables.map((name) => [name, slotOf(name, slots)] as const)
      return (values) => {
        const known = Object.fromEntries(used.map(([name, slot]) => [name, values[slot]]))
        const value = expression.evaluate(known)
        // In a loop, each round could put the last value into one more list.
        if (exceedsDepth(value, maxDepth))
          throw new Error(`it nests deeper than ${maxDepth} levels`)
        return value
      }
    }
    case 'literal': {
      const literal = binding.value
      return () => literal
    }
    case undefined:
      throw new Error('A malformed binding passed the check.')
  }
}

function compileReference(source: string, slots: Slots): Resolver {
  const reference = parseReference(source)
  if (reference === undefined) throw new Error('A malformed reference passed the check.')
  const slot = slotOf(reference.variable, slots)
  const { path } = reference
  if (path.length === 0) return (values) => values[slot] ?? null
  return (values) => followPath(values[slot], path)
}

function slotOf(name: string, slots: Slots): number {
  const slot = slots.get(name)
  if (slot === undefined)
    throw new Error(`The variable "${name}" passed the check without a scope.`)
  return slot
}

function compileConditions(value: JsonValue, slots: Slots): (values: Values) => boolean {
  const binding = readBinding(value)
  const conditions = binding?.kind === 'literal' ? readConditions(binding.value) : undefined
  if (conditions === undefined) {
    const resolve = compileBinding(value, slots)
    return (values) => resolve(values) === true
  }
  const rows = conditions.rows.map((row) =>
    compileCondition(row, (cell) => compileBinding(cell, slots)),
  )
  return conditions.match === 'all'
    ? (values) => rows.every((holds) => holds(values))
    : (values) => rows.some((holds) => holds(values))
}

/** Makes a resolved value what the property's kind promises, or says why that is not possible. */
function fitter(site: ResolverSite): (value: unknown) => unknown {
  const { property } = site
  const rules = rulesOf(property)
  const type = rules.type(property)
  // Where any value is wanted, empty text is one: what a model left unsaid is no missing value.
  const takesEmptyText =
    (property.kind === 'value' || property.kind === 'reference') && property.default === undefined
  return (value) => {
    if (value === undefined || value === null) return whenEmpty(site, value)
    if (value === '' && !takesEmptyText) return whenEmpty(site, value)
    if (type === 'text') return typeof value === 'string' ? value : textOf(value)
    if (!isOfType(value, type)) {
      throw unfit(
        site,
        `needs ${describeType(required(type))}, and got ${describeType(typeOfValue(value))}`,
      )
    }
    // A kind without a literal refuses every literal, but takes what its variable holds.
    if (!rules.bindings.includes('literal')) return value
    const refusal = rules.refuses(value as JsonValue, property) // of a JSON type
    if (refusal !== undefined) throw unfit(site, refusal)
    return value
  }
}

function whenEmpty(site: ResolverSite, value: unknown): unknown {
  const { property } = site
  if (property.kind === 'variableName') return value ?? property.default ?? ''
  if (property.default !== undefined) return property.default
  if (property.required !== true) return undefined
  // Where anything is wanted, null is a value too.
  const isForAnything =
    (property.kind === 'value' || property.kind === 'reference') &&
    (property.type ?? 'any') === 'any'
  if (isForAnything) return value ?? null
  throw unfit(site, 'is empty')
}

function unfit({ nodeId, title, key, property }: ResolverSite, what: string): FlowError {
  return new FlowError('input_invalid', `"${property.label}" of "${title}" ${what}.`, {
    nodeId,
    property: key,
  })
}

function blame<T>(site: ResolverSite, resolve: () => T): T {
  try {
    return resolve()
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new FlowError(
      'input_invalid',
      `"${site.property.label}" of "${site.title}" could not be worked out: ${what}.`,
      { nodeId: site.nodeId, property: site.key, cause: error },
    )
  }
}
