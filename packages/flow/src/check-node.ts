import { readBinding, isSet, type TextPart } from './binding.ts'
import { titleOf, type NodeDefinition, type Registry } from './definition.ts'
import { checkExpression, variablesInExpression } from './expression.ts'
import type { FlowNode } from './flow.ts'
import type { JsonValue } from './json.ts'
import { nearestName } from './name.ts'
import type { Problem, ProblemCode } from './problem.ts'
import { rulesOf, type BindingCell, type PropertyDefinition } from './property.ts'
import { compareText } from './program-order.ts'
import { formatReference, parseReference, type Reference } from './reference.ts'
import type { FlowScopes, ScopeVariable } from './scope.ts'
import { placeholdersIn } from './template.ts'
import {
  describeType,
  fieldsOf,
  isAssignable,
  isOptional,
  isUsableAs,
  required,
  typeAt,
  typeOfValue,
  type Type,
} from './type.ts'
import { maxSuggested, type VisibleVariables } from './visible-variables.ts'
import { didYouMean, type Suggest } from './suggest-name.ts'
import { isVisible } from './visibility.ts'

/** The most problems of one node that are told; who mends those sees the next ones. */
const maxProblemsOfNode = 50

/** What is there beside the flow; what is not given is not looked for. */
export interface CheckOptions {
  /** The connections that exist; when given, those that a flow names are looked for. */
  readonly connections?: ReadonlyMap<string, { readonly kind: string }>
  /** The ids of the flows that exist; when given, those that a flow runs are looked for. */
  readonly flows?: ReadonlySet<string>
}

/** What the check of each node of a flow needs. */
export interface CheckContext {
  readonly flowId: string
  readonly registry: Registry
  readonly scopes: FlowScopes
  readonly options: CheckOptions
  readonly nodes: ReadonlyMap<string, FlowNode>
  /** The type of each, by its name. */
  readonly flowVariables: ReadonlyMap<string, Type>
  /** Of each name, the first variable that has it, wherever it is visible. */
  readonly declared: ReadonlyMap<string, ScopeVariable>
  /** The attachment ports that something is attached to, as `node port`. */
  readonly taken: ReadonlySet<string>
  readonly suggest: Suggest
}

/** Where in a node something is wrong, and which reference. */
interface Place {
  /** Of a property. */
  readonly key: string
  /** Where the binding stands in the property's value, if it is not the value itself. */
  readonly part?: BindingCell['path']
  /** The reference or the name that is wrong, and what was most likely meant. */
  readonly reference?: string
  readonly instead?: string | undefined
}

/** A place that holds a binding, and what it must hold. */
interface Site extends Place {
  readonly property: PropertyDefinition
  readonly value: JsonValue
  readonly type: Type
  /** What it is called: the property's label, or the cell's with it. */
  readonly label: string
}

/** Why a reference is broken, and what was most likely meant. */
interface Broken {
  readonly why: string
  readonly instead?: string | undefined
}

/** Finds what is wrong with one node. */
export class NodeCheck {
  readonly #context: CheckContext
  readonly #node: FlowNode
  readonly #title: string
  readonly #visible: VisibleVariables
  readonly #problems: Problem[] = []

  constructor(context: CheckContext, node: FlowNode) {
    this.#context = context
    this.#node = node
    this.#title = titleOf(node, context.registry.nodes.get(node.type))
    this.#visible = context.scopes.visibleAt(node.id)
  }

  problems(): readonly Problem[] {
    const definition = this.#context.registry.nodes.get(this.#node.type)
    if (definition === undefined) {
      const advice = didYouMean(
        this.#context.suggest(this.#node.type, this.#context.registry.nodes.keys()),
      )
      const what =
        this.#title === this.#node.type ? '' : ` is of the type "${this.#node.type}", which`
      this.#report(
        'node_unknown',
        `"${this.#title}"${what} is not installed here.${advice} It is kept as it is, but the flow cannot run.`,
      )
      return this.#problems
    }
    if ((this.#node.version ?? 1) > definition.version) {
      this.#report(
        'node_newer',
        `"${this.#title}" was made with a newer version of its node. Update Millrace to run it.`,
      )
      return this.#problems
    }
    this.#checkProperties(definition)
    this.#checkAttachments(definition)
    return this.#problems
  }

  #report(
    code: ProblemCode,
    message: string,
    place?: Place,
    severity: Problem['severity'] = 'error',
  ): void {
    if (this.#problems.length >= maxProblemsOfNode) return
    this.#problems.push({
      code,
      severity,
      message,
      nodeId: this.#node.id,
      ...(place === undefined ? {} : { property: place.key }),
      ...(place?.part === undefined ? {} : { part: place.part }),
      ...(place?.reference === undefined ? {} : { reference: place.reference }),
      ...(place?.instead === undefined ? {} : { instead: place.instead }),
    })
  }

  #checkAttachments(definition: NodeDefinition): void {
    for (const [key, port] of Object.entries(definition.attachments ?? {})) {
      const isAttached = this.#context.taken.has(`${this.#node.id} ${key}`)
      if (port.required === true && !isAttached) {
        this.#report(
          'attachment_missing',
          `"${this.#title}" needs a node at "${port.label}". Attach one.`,
        )
      }
    }
  }

  #checkProperties(definition: NodeDefinition): void {
    const values = this.#node.properties ?? {}
    for (const key of Object.keys(values).toSorted(compareText)) {
      if (Object.hasOwn(definition.properties, key)) continue
      const instead = this.#context.suggest(key, Object.keys(definition.properties))
      const advice = didYouMean(instead) || ' Remove it.'
      this.#report('property_unknown', `"${this.#title}" has no property "${key}".${advice}`, {
        key,
        reference: key,
        instead,
      })
    }
    for (const [key, declared] of Object.entries(definition.properties)) {
      if (!isVisible(declared, definition, this.#node)) continue
      const property = this.#withTypeOfVariable(declared)
      const value = values[key]
      if (!isSet(value)) {
        const isCleared = Object.hasOwn(values, key)
        const isCovered = property.default !== undefined && !isCleared
        if (property.required === true && !isCovered) {
          this.#report('property_missing', missingMessage(this.#title, property), { key })
        }
        continue
      }
      this.#checkSite({
        key,
        property,
        value,
        type: rulesOf(property).type(property),
        label: property.label,
      })
    }
  }

  /** A value that is to be assigned has the type of the variable that gets it. */
  #withTypeOfVariable(property: PropertyDefinition): PropertyDefinition {
    if (property.kind !== 'value' || property.assignedTo === undefined) return property
    const name = this.#node.properties?.[property.assignedTo]
    const type = typeof name === 'string' ? this.#context.flowVariables.get(name) : undefined
    return type === undefined ? property : { ...property, type }
  }

  #checkSite(site: Site): void {
    if (this.#problems.length >= maxProblemsOfNode) return
    const { key, property, value, part } = site
    const binding = readBinding(value)
    const label = `"${site.label}" of "${this.#title}"`
    if (binding === undefined) {
      this.#report(
        'property_invalid',
        `${label} is neither a value nor a reference, text or expression. Set it again.`,
        site,
      )
      return
    }
    const rules = rulesOf(property)
    if (part === undefined && !rules.bindings.includes(binding.kind)) {
      this.#report(
        'property_invalid',
        `${label} cannot be given as ${bindingNames[binding.kind]}. Set it again.`,
        site,
      )
      return
    }
    switch (binding.kind) {
      case 'literal':
        if (part === undefined) this.#checkLiteral(key, property, binding.value)
        else this.#checkCellLiteral(site, binding.value)
        return
      case 'reference':
        this.#checkReference(site, binding.reference)
        return
      case 'text':
        for (const part of binding.parts) {
          if (this.#problems.length >= maxProblemsOfNode) return
          if (typeof part === 'string') continue
          if ('$ref' in part) this.#checkReference({ ...site, type: 'any' }, part.$ref)
          else this.#checkExpression({ ...site, type: 'any' }, part.$expr)
        }
        if (!isAssignable('text', site.type)) this.#reportType(site, 'text')
        this.#checkTemplate(key, property, plainTextOf(binding.parts))
        return
      case 'expression':
        this.#checkExpression(site, binding.source)
    }
  }

  #checkExpression(site: Site, source: string): void {
    const result = checkExpression(source, this.#visible.named(variablesInExpression(source)))
    if ('problem' in result) {
      const label = `"${site.label}" of "${this.#title}"`
      this.#report(
        result.code,
        `The expression in ${label} does not work: ${ended(result.problem)}`,
        site,
      )
    } else if (!isAssignable(result.type, site.type)) {
      this.#reportType(site, result.type)
    }
  }

  #checkLiteral(key: string, property: PropertyDefinition, value: JsonValue): void {
    const label = `"${property.label}" of "${this.#title}"`
    const refusal = rulesOf(property).refuses(value, property)
    if (refusal !== undefined) {
      const code = property.kind === 'variableName' ? 'name_invalid' : 'property_invalid'
      this.#report(code, `${label} ${refusal}.`, { key })
      return
    }
    const doubt = rulesOf(property).doubts?.(value)
    if (doubt !== undefined)
      this.#report('property_invalid', `${label} ${doubt}.`, { key }, 'warning')
    for (const cell of rulesOf(property).cells?.(value, property) ?? []) {
      this.#checkSite({
        key,
        property,
        value: cell.value,
        type: cell.type,
        label: cell.label === undefined ? property.label : `${property.label}: ${cell.label}`,
        part: cell.path,
      })
    }
    if (property.kind === 'flowVariable') this.#checkFlowVariable(key, label, value)
    if (property.kind === 'connection') this.#checkConnection(key, property.kinds, label, value)
    if (property.kind === 'flow') this.#checkCalledFlow(key, label, value)
    if (typeof value === 'string') this.#checkTemplate(key, property, value)
  }

  /** A value inside another one, such as that of a parameter; left empty, it is null. */
  #checkCellLiteral(site: Site, value: JsonValue): void {
    if (value === null || value === '' || isUsableAs(value, site.type)) return
    this.#reportType(site, typeOfValue(value))
  }

  #checkFlowVariable(key: string, label: string, value: JsonValue): void {
    const { flowVariables } = this.#context
    if (typeof value !== 'string' || flowVariables.has(value)) return
    const instead = this.#context.suggest(value, flowVariables.keys())
    this.#report(
      'reference_broken',
      `${label} names "${value}", which is no variable of the flow.${didYouMean(instead)}`,
      { key, reference: value, instead },
    )
  }

  #checkConnection(key: string, kinds: readonly string[], label: string, value: JsonValue): void {
    const { connections } = this.#context.options
    if (connections === undefined || typeof value !== 'string') return
    const connection = connections.get(value)
    if (connection === undefined) {
      this.#report(
        'connection_missing',
        `${label} names the connection "${value}", which does not exist here. Create it, or choose another.`,
        { key, reference: value },
      )
    } else if (!kinds.includes(connection.kind)) {
      this.#report(
        'property_invalid',
        `${label} needs a connection of the kind ${kinds.join(' or ')}; "${value}" is one of the kind ${connection.kind}. Choose another.`,
        { key, reference: value },
      )
    }
  }

  /** A warning: of two flows that run each other, one has to be saved first. */
  #checkCalledFlow(key: string, label: string, value: JsonValue): void {
    const { flowId, options } = this.#context
    if (options.flows === undefined || typeof value !== 'string') return
    if (value === flowId || options.flows.has(value)) return
    const instead = this.#context.suggest(value, options.flows)
    this.#report(
      'flow_missing',
      `${label} names the flow "${value}", which does not exist here.${didYouMean(instead)} Save that flow, or choose another.`,
      { key, reference: value, instead },
      'warning',
    )
  }

  #checkTemplate(key: string, property: PropertyDefinition, text: string): void {
    if (property.kind !== 'template' || property.expects === undefined) return
    const { label, expects } = property
    if (placeholdersIn(text).some(({ name }) => name === expects)) return
    this.#report(
      'template_incomplete',
      `"${label}" of "${this.#title}" does not contain @@${expects}, so it is not sent to the model. Add it where it belongs.`,
      { key },
      'warning',
    )
  }

  #checkReference(place: Site, source: string): void {
    const site = { ...place, reference: source }
    const { property } = site
    const label = `"${site.label}" of "${this.#title}"`
    const reference = parseReference(source)
    if (reference === undefined) {
      this.#report(
        'reference_broken',
        `${label} refers to "${source}", which cannot be read. Choose a variable again.`,
        site,
      )
      return
    }
    const variable = this.#visible.find(reference.variable)
    if (variable === undefined) {
      const { why, instead } = this.#whyOutOfScope(site, reference)
      this.#report('reference_broken', `${label} refers to "${reference.variable}", ${why}`, {
        ...site,
        instead,
      })
      return
    }
    const type = typeAt(variable.type, reference.path)
    if (type === undefined) {
      const { why, instead } = this.#whyNoPath(variable, reference.path, site.type)
      this.#report('reference_broken', `${label} refers to "${source}", but ${why}`, {
        ...site,
        instead,
      })
      return
    }
    if (!isAssignable(type, site.type)) {
      this.#reportType(site, type, partThatFits(site, reference, type))
    } else if (property.required === true && site.part === undefined && isOptional(type)) {
      this.#report(
        'maybe_null',
        `${label} is required, but "${source}" may be empty while the flow runs. Test it first, or give another value.`,
        site,
        'warning',
      )
    }
  }

  #whyOutOfScope(site: Site, { variable: name, path }: Reference): Broken {
    const elsewhere = this.#context.declared.get(name)
    if (elsewhere !== undefined && elsewhere.origin.kind !== 'flow') {
      const { nodeId } = elsewhere.origin
      const owner = this.#context.nodes.get(nodeId)
      const title =
        owner === undefined ? nodeId : titleOf(owner, this.#context.registry.nodes.get(owner.type))
      return {
        why:
          elsewhere.origin.kind === 'block'
            ? `which exists only inside a block of "${title}". Move this node into it, or choose another variable.`
            : `which "${title}" sets, but not before this node runs. Connect the nodes in that order, or choose another variable.`,
      }
    }
    const known = this.#visible.latest(maxSuggested)
    const isFitting = ({ type }: ScopeVariable) => fits(type, path, site.type)
    const nearest = this.#context.suggest(name, namesOf(known.filter(isFitting)), namesOf(known))
    const why = `but there is no variable of that name here.${didYouMean(nearest)}`
    return { why, instead: nearest && formatReference({ variable: nearest, path }) }
  }

  #whyNoPath(variable: ScopeVariable, path: Reference['path'], wanted: Type): Broken {
    for (let length = 1; length <= path.length; length += 1) {
      if (typeAt(variable.type, path.slice(0, length)) !== undefined) continue
      const owner = typeAt(variable.type, path.slice(0, length - 1)) ?? 'any'
      const fields = fieldsOf(required(owner)) ?? {}
      const names = Object.keys(fields)
      const key = String(path[length - 1])
      if (names.length === 0)
        return { why: `${describeType(owner)} has no "${key}". Choose a variable again.` }
      const rest = path.slice(length)
      const fitting = names.filter((name) => fits(fields[name] ?? 'any', rest, wanted))
      const nearest = this.#context.suggest(key, fitting, names)
      const why = `there is no "${key}" in it; it has ${names.join(', ')}.${didYouMean(nearest)}`
      const mended = nearest && [...path.slice(0, length - 1), nearest, ...rest]
      return { why, instead: mended && formatReference({ variable: variable.name, path: mended }) }
    }
    return { why: 'it leads nowhere. Choose a variable again.' }
  }

  #reportType(site: Site, given: Type, instead?: string): void {
    const advice = didYouMean(instead) || ' Choose another value.'
    this.#report(
      'type_mismatch',
      `"${site.label}" of "${this.#title}" needs ${describeType(required(site.type))}, and is given ${describeType(given)}.${advice}`,
      { ...site, instead },
    )
  }
}

/** What stands between the references of a text. */
function plainTextOf(parts: readonly TextPart[]): string {
  // A reference ends a word, as a space does.
  return parts.map((part) => (typeof part === 'string' ? part : ' ')).join('')
}

const bindingNames = {
  literal: 'a fixed value',
  reference: 'a variable',
  text: 'text with variables',
  expression: 'an expression',
} as const

function missingMessage(title: string, property: PropertyDefinition): string {
  return property.kind === 'connection'
    ? `"${title}" needs a connection. Choose one in its ${property.label} property.`
    : `"${property.label}" of "${title}" is empty. Set it.`
}

/** A problem that asks has its mark already. */
function ended(problem: string): string {
  return problem.endsWith('?') ? problem : `${problem}.`
}

/** Whether what a path leads to, inside a value of a type, is of a wanted type. */
function fits(type: Type, path: Reference['path'], wanted: Type): boolean {
  const found = typeAt(type, path)
  return found !== undefined && isAssignable(found, wanted)
}

function namesOf(variables: readonly ScopeVariable[]): readonly string[] {
  return variables.map(({ name }) => name)
}

/** The field of what a reference means that was hardly not meant: of the type, and so called or alone. */
function partThatFits(
  { key, type: wanted }: Site,
  { variable, path }: Reference,
  given: Type,
): string | undefined {
  const goal = JSON.stringify(required(wanted))
  const fitting = Object.entries(fieldsOf(required(given)) ?? {})
    .filter(([, type]) => JSON.stringify(type) === goal)
    .map(([name]) => name)
  const field = nearestName(key, fitting) ?? (fitting.length === 1 ? fitting[0] : undefined)
  return field === undefined ? undefined : formatReference({ variable, path: [...path, field] })
}
