import { readBinding, type BindingKind } from './binding.ts'
import { readCases, whyNotCases, type Case } from './cases.ts'
import { readColumnMapping, whyNotColumnMapping } from './column-mapping.ts'
import { typeOfColumnType } from './column-type.ts'
import { readDeclaredFields, whyNotDeclaredFields } from './declared-field.ts'
import { readFilter, whyNotFilter } from './filter.ts'
import { isRecord, type JsonValue } from './json.ts'
import { isIdentifier, isSlug } from './name.ts'
import { readNamedValues, whyNotNamedValues } from './named-values.ts'
import { readRecordDefinition, whyNotRecordDefinition } from './record-definition.ts'
import { readSchedule, whyNever, whyNotSchedule } from './schedule.ts'
import { readSqlExpression, whyNotSqlExpression } from './sql-expression.ts'
import { describeType, isUsableAs, required, typeOfValue, type Type } from './type.ts'

/** When a property is shown: the other property, named by its key, holds one of these literals. */
export interface Visibility {
  readonly property: string
  readonly in: readonly JsonValue[]
}

/** What any property says of itself. */
interface CommonProperty {
  readonly label: string
  /** One or two sentences for the designer: what it does, its range, what empty means. */
  readonly help?: string
  readonly required?: boolean
  /** What counts when the property is left empty. */
  readonly default?: JsonValue
  /** Shown in an empty control; defaults to the default. */
  readonly placeholder?: string
  /** Where the property stands among the data ports of the card; without one it is no port. */
  readonly port?: number
  readonly visible?: Visibility
}

interface TextProperty extends CommonProperty {
  /** One line of text in which variables may stand. */
  readonly kind: 'text'
  /** What is accepted when it is bound as a whole; text when not given. */
  readonly type?: Type
}
interface LongTextProperty extends CommonProperty {
  /** Several lines of text in which variables may stand, with a large editor. */
  readonly kind: 'longText'
  /** What is accepted when it is bound as a whole; text when not given. */
  readonly type?: Type
}
export interface TemplateProperty extends CommonProperty {
  readonly kind: 'template'
  /** The placeholders it may hold, without their `@@`, with what they stand for. */
  readonly placeholders?: Readonly<Record<string, string>>
  /** Instead: the key of the record definition whose fields it may hold, as `@[name]`. */
  readonly fieldsOf?: string
  /** The placeholder whose absence is worth a warning. */
  readonly expects?: string
}
interface NumberProperty extends CommonProperty {
  readonly kind: 'number'
  readonly minimum?: number
  readonly maximum?: number
  readonly integer?: boolean
  /** What it is counted in, shown beside the number: seconds, MiB. */
  readonly unit?: string
}
interface BooleanProperty extends CommonProperty {
  readonly kind: 'boolean'
}
interface ChoiceProperty extends CommonProperty {
  readonly kind: 'choice'
  /** Value to label, in order. */
  readonly options: Readonly<Record<string, string>>
}
interface ConnectionProperty extends CommonProperty {
  readonly kind: 'connection'
  /** The kinds of connection that fit. */
  readonly kinds: readonly string[]
}
interface ModelProperty extends CommonProperty {
  readonly kind: 'model'
  /** The key of the connection property whose models are suggested. */
  readonly connection: string
  /** What the model is for. */
  readonly purpose: 'chat' | 'embedding'
}
interface VariableNameProperty extends CommonProperty {
  /** Declares a variable under this name; empty declares none, unless it is required. */
  readonly kind: 'variableName'
}
interface FlowVariableProperty extends CommonProperty {
  /** Names one of the flow's own variables. */
  readonly kind: 'flowVariable'
}
interface ValueProperty extends CommonProperty {
  /** A value of `type` (any when not given): picker, or an expression, or a literal. */
  readonly kind: 'value'
  readonly type?: Type
  /** The key of the `flowVariable` property whose variable gets the value, and so says its type. */
  readonly assignedTo?: string
}
interface ReferenceProperty extends CommonProperty {
  /** A variable only. */
  readonly kind: 'reference'
  readonly type?: Type
}
export interface ConditionsProperty extends CommonProperty {
  /** Condition rows, or one expression. */
  readonly kind: 'conditions'
}
interface JsonProperty extends CommonProperty {
  /** Plain JSON; nothing inside it is a binding. */
  readonly kind: 'json'
}
export interface SqlProperty extends CommonProperty {
  /** A statement and its parameters; each parameter is a port of its own if the property is one. */
  readonly kind: 'sql'
  /** The key of the connection property whose database it is for. */
  readonly connection: string
}
export interface RecordDefinitionProperty extends CommonProperty {
  /** The columns of a table of vectors, and what each is for. */
  readonly kind: 'recordDefinition'
  /** The keys of the properties that say where the table is. */
  readonly connection: string
  readonly table: string
  /** Whether records are read or written: only what is written has a context, and values. */
  readonly purpose: 'search' | 'save'
}
export interface ColumnMappingProperty extends CommonProperty {
  /** What goes into which column of a row. */
  readonly kind: 'columnMapping'
  /** The keys of the properties that say where the table is. */
  readonly connection: string
  readonly table: string
}
export interface FilterProperty extends CommonProperty {
  /** Which rows of a table count. */
  readonly kind: 'filter'
  /** The keys of the properties that say where the table is. */
  readonly connection: string
  readonly table: string
}
interface TableProperty extends CommonProperty {
  /** The name of a table: text in which variables may stand; the connection's tables are suggested. */
  readonly kind: 'table'
  /** The key of the connection property whose tables are suggested. */
  readonly connection: string
}

export interface CasesProperty extends CommonProperty {
  /** Ordered cases, each with a name and a condition; the first whose condition holds counts. */
  readonly kind: 'cases'
}
export interface FieldsProperty extends CommonProperty {
  /** The fields of a record that callers send, each with a type. */
  readonly kind: 'fields'
}
export interface NamedValuesProperty extends CommonProperty {
  /** Values under names of the designer's choice; each is a port of its own if the property is one. */
  readonly kind: 'namedValues'
  /** What a name may be: `identifier` where code or a flow reads it, `text` for headers and the like. */
  readonly names: 'identifier' | 'text'
  /** What is accepted as a value; any when not given. */
  readonly valueType?: Type
  /** What one of them is called, for the form: Header, Input. */
  readonly itemLabel: string
  /**
   * Whose names are suggested: those of common HTTP headers, of what a flow expects, or of what code
   * reads; the last two by the key of their property.
   */
  readonly suggests?:
    | 'httpHeaders'
    | { readonly inputsOfFlow: string }
    | { readonly namesInCode: string }
}
export interface CodeProperty extends CommonProperty {
  /** The body of a function in JavaScript or TypeScript; run in a sandbox, never in the server. */
  readonly kind: 'code'
  /** The key of the `namedValues` property whose names the code can read. */
  readonly inputs: string
}
interface FlowProperty extends CommonProperty {
  /** The id of another flow; the flows that exist are suggested. */
  readonly kind: 'flow'
}
interface ScheduleProperty extends CommonProperty {
  /** When a flow starts by itself. */
  readonly kind: 'schedule'
}

/** One property of a node or a connection: what the form draws, the checker checks, `run` receives. */
export type PropertyDefinition =
  | TextProperty
  | LongTextProperty
  | TemplateProperty
  | NumberProperty
  | BooleanProperty
  | ChoiceProperty
  | ConnectionProperty
  | ModelProperty
  | VariableNameProperty
  | FlowVariableProperty
  | ValueProperty
  | ReferenceProperty
  | ConditionsProperty
  | JsonProperty
  | SqlProperty
  | RecordDefinitionProperty
  | ColumnMappingProperty
  | FilterProperty
  | TableProperty
  | CasesProperty
  | FieldsProperty
  | NamedValuesProperty
  | CodeProperty
  | FlowProperty
  | ScheduleProperty

export type PropertyKind = PropertyDefinition['kind']

/** The operators of a condition row, with their labels; see `hasRightSide`. */
export const conditionOperators = {
  equals: 'equals',
  notEquals: 'does not equal',
  less: 'is less than',
  lessOrEqual: 'is at most',
  greater: 'is greater than',
  greaterOrEqual: 'is at least',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  isTrue: 'is true',
  isFalse: 'is false',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
} as const

export type ConditionOperator = keyof typeof conditionOperators

/** Whether an operator compares with something, or asks of the left side alone. */
export function hasRightSide(operator: ConditionOperator): boolean {
  return !['isTrue', 'isFalse', 'isEmpty', 'isNotEmpty'].includes(operator)
}

/** One row of a condition; `left` and `right` are bindings. */
export interface ConditionRow {
  readonly left: JsonValue
  readonly operator: ConditionOperator
  readonly right?: JsonValue
}

/** The literal form of a conditions property. */
export interface Conditions {
  readonly match: 'all' | 'any'
  readonly rows: readonly ConditionRow[]
}

/** Reads the literal form of a conditions property; `undefined` when it has another shape. */
export function readConditions(value: JsonValue): Conditions | undefined {
  if (!isRecord(value)) return undefined
  const { match, rows } = value
  if ((match !== 'all' && match !== 'any') || !Array.isArray(rows)) return undefined
  return rows.every(isConditionRow) ? { match, rows } : undefined
}

function isConditionRow(row: unknown): row is ConditionRow {
  if (!isRecord(row) || !('left' in row)) return false
  return typeof row['operator'] === 'string' && Object.hasOwn(conditionOperators, row['operator'])
}

/** A place inside a property's value that holds a binding of its own. */
export interface BindingCell {
  readonly path: readonly (string | number)[]
  readonly value: JsonValue
  readonly type: Type
  /** What it is called, where it has a name: `@SessionId`. */
  readonly label?: string
}

/** What a kind of property allows and how its literal is judged. */
export interface PropertyKindRules<P extends PropertyDefinition = PropertyDefinition> {
  /** The forms its value may take; a kind without `literal` accepts none. */
  readonly bindings: readonly BindingKind[]
  /** The type that a bound value must have. */
  readonly type: (property: P) => Type
  /** Why a literal does not fit, as the end of a sentence about the property; `undefined` if it does. */
  readonly refuses: (value: JsonValue, property: P) => string | undefined
  /** Why a literal that fits is hardly what was meant, as such an end of a sentence; no doubts when not given. */
  readonly doubts?: (value: JsonValue) => string | undefined
  /** The cells of a literal that are bindings themselves; none when not given. */
  readonly cells?: (value: JsonValue, property: P) => readonly BindingCell[]
  /** Whether each cell is a data port, instead of the property as a whole. */
  readonly cellsArePorts?: boolean
}

type KindTable = {
  readonly [K in PropertyKind]: PropertyKindRules<Extract<PropertyDefinition, { kind: K }>>
}

const textRules: PropertyKindRules<TextProperty | LongTextProperty> = {
  bindings: ['literal', 'reference', 'text', 'expression'],
  type: (property) => property.type ?? 'text',
  refuses: (value, { type = 'text' }) => {
    if (type === 'text') return typeof value === 'string' ? undefined : 'must be text'
    return whyNotUsable(value, type)
  },
}

/** Every kind of property. The editor has a control for each, the engine a resolver for its forms. */
export const propertyKinds: KindTable = {
  text: textRules,
  longText: textRules,
  template: {
    bindings: ['literal', 'reference', 'text', 'expression'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must be text'),
  },
  number: {
    bindings: ['literal', 'reference', 'expression'],
    type: () => 'number',
    refuses: (value, { minimum, maximum, integer }) => {
      if (typeof value !== 'number') return 'must be a number'
      if (integer === true && !Number.isInteger(value)) return 'must be a whole number'
      if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`
      if (maximum !== undefined && value > maximum) return `must be at most ${maximum}`
      return undefined
    },
  },
  boolean: {
    bindings: ['literal', 'reference', 'expression'],
    type: () => 'boolean',
    refuses: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  },
  choice: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value, { options }) =>
      typeof value === 'string' && Object.hasOwn(options, value)
        ? undefined
        : `must be one of ${Object.keys(options).join(', ')}`,
  },
  connection: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must be the id of a connection'),
  },
  model: {
    bindings: ['literal', 'reference', 'text', 'expression'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must be the id of a model'),
  },
  variableName: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value) =>
      typeof value === 'string' && (value === '' || isIdentifier(value))
        ? undefined
        : 'must be a name: a letter first, then letters, digits and _ only',
  },
  flowVariable: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must name a flow variable'),
  },
  value: {
    bindings: ['literal', 'reference', 'text', 'expression'],
    type: (property) => property.type ?? 'any',
    refuses: (value, { type = 'any' }) => whyNotUsable(value, type),
  },
  reference: {
    bindings: ['reference'],
    type: (property) => property.type ?? 'any',
    refuses: () => 'must be a variable',
  },
  conditions: {
    bindings: ['literal', 'expression'],
    type: () => 'boolean',
    refuses: (value) =>
      readConditions(value) === undefined ? 'must be condition rows or an expression' : undefined,
    cells: conditionCells,
  },
  json: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: () => undefined,
  },
  sql: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const sql = readSqlExpression(value)
      return sql === undefined ? 'must be a statement with parameters' : whyNotSqlExpression(sql)
    },
    cells: (value) =>
      (readSqlExpression(value)?.parameters ?? []).map((parameter, index) => ({
        path: ['parameters', index, 'value'],
        value: parameter.value,
        type: typeOfColumnType(parameter.type),
        label: `@${parameter.name}`,
      })),
    cellsArePorts: true,
  },
  recordDefinition: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const fields = readRecordDefinition(value)
      return fields === undefined
        ? 'must be a list of fields, each with a name and a type'
        : whyNotRecordDefinition(fields)
    },
    cells: (value) =>
      (readRecordDefinition(value) ?? []).flatMap((field, index) =>
        field.value === undefined
          ? []
          : [
              {
                path: [index, 'value'],
                value: field.value,
                type: typeOfColumnType(field.type),
                label: field.name,
              },
            ],
      ),
  },
  columnMapping: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const columns = readColumnMapping(value)
      return columns === undefined
        ? 'must be a list of columns, each with a type and a value'
        : whyNotColumnMapping(columns)
    },
    cells: (value) =>
      (readColumnMapping(value) ?? []).map((column, index) => ({
        path: [index, 'value'],
        value: column.value,
        type: typeOfColumnType(column.type),
        label: column.column,
      })),
  },
  filter: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const filter = readFilter(value)
      return filter === undefined
        ? 'must be rows of a field, an operator and a value'
        : whyNotFilter(filter)
    },
    cells: (value) =>
      (readFilter(value)?.rows ?? []).flatMap((row, index) => [
        { path: ['rows', index, 'field'], value: row.field, type: 'text' as const },
        { path: ['rows', index, 'value'], value: row.value, type: 'any' as const },
      ]),
  },
  table: {
    bindings: ['literal', 'reference', 'text', 'expression'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must be the name of a table'),
  },
  cases: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const cases = readCases(value)
      if (cases === undefined) return 'must be a list of cases, each with a name and a condition'
      return whyNotCases(cases) ?? whyNotConditionsOf(cases)
    },
    cells: (value) =>
      (readCases(value) ?? []).flatMap(({ name, condition }, index): readonly BindingCell[] =>
        readConditions(condition) === undefined
          ? [{ path: [index, 'condition'], value: condition, type: 'boolean', label: name }]
          : conditionCells(condition).map((cell) => ({
              ...cell,
              path: [index, 'condition', ...cell.path],
              label: name,
            })),
      ),
  },
  fields: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const fields = readDeclaredFields(value)
      return fields === undefined
        ? 'must be a list of fields, each with a name and a type'
        : whyNotDeclaredFields(fields)
    },
  },
  namedValues: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value, { names }) => {
      const values = readNamedValues(value)
      return values === undefined
        ? 'must be a list of values, each with a name'
        : whyNotNamedValues(values, names)
    },
    cells: (value, { valueType = 'any' }) =>
      (readNamedValues(value) ?? []).map(({ name, value: cell }, index) => ({
        path: [index, 'value'],
        value: cell,
        type: valueType,
        label: name,
      })),
    cellsArePorts: true,
  },
  code: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value) => (typeof value === 'string' ? undefined : 'must be code'),
  },
  flow: {
    bindings: ['literal'],
    type: () => 'text',
    refuses: (value) =>
      typeof value === 'string' && isSlug(value) ? undefined : 'must be the id of a flow',
  },
  schedule: {
    bindings: ['literal'],
    type: () => 'any',
    refuses: (value) => {
      const schedule = readSchedule(value)
      return schedule === undefined
        ? 'must be a cron expression, and a time zone perhaps'
        : whyNotSchedule(schedule)
    },
    doubts: (value) => {
      const schedule = readSchedule(value)
      return schedule && whyNever(schedule)
    },
  },
}

function whyNotUsable(value: JsonValue, type: Type): string | undefined {
  return isUsableAs(value, type)
    ? undefined
    : `needs ${describeType(required(type))}, and is given ${describeType(typeOfValue(value))}`
}

function conditionCells(value: JsonValue): readonly BindingCell[] {
  return (readConditions(value)?.rows ?? []).flatMap((row, index) => [
    { path: ['rows', index, 'left'], value: row.left, type: 'any' as const },
    ...(row.right === undefined
      ? []
      : [{ path: ['rows', index, 'right'], value: row.right, type: 'any' as const }]),
  ])
}

/** A condition is rows, at least one, or an expression; anything else cannot be asked. */
function whyNotConditionsOf(cases: readonly Case[]): string | undefined {
  const wrong = cases.find(
    ({ condition }) =>
      (readConditions(condition)?.rows.length ?? 0) === 0 &&
      readBinding(condition)?.kind !== 'expression',
  )
  return wrong && `has no condition for the case "${wrong.name}"`
}

/** The rules of a property's kind, typed for that property. */
export function rulesOf(property: PropertyDefinition): PropertyKindRules {
  return propertyKinds[property.kind] as PropertyKindRules // the table is keyed by the same kind
}

/** Builds one property of each kind: `property.text({ label: 'Model id', required: true, port: 1 })`. */
export const property = {
  text: builder('text'),
  longText: builder('longText'),
  template: builder('template'),
  number: builder('number'),
  boolean: builder('boolean'),
  choice: builder('choice'),
  connection: builder('connection'),
  model: builder('model'),
  variableName: builder('variableName'),
  flowVariable: builder('flowVariable'),
  value: builder('value'),
  reference: builder('reference'),
  conditions: builder('conditions'),
  json: builder('json'),
  sql: builder('sql'),
  recordDefinition: builder('recordDefinition'),
  columnMapping: builder('columnMapping'),
  filter: builder('filter'),
  table: builder('table'),
  cases: builder('cases'),
  fields: builder('fields'),
  namedValues: builder('namedValues'),
  code: builder('code'),
  flow: builder('flow'),
  schedule: builder('schedule'),
}

function builder<K extends PropertyKind>(kind: K) {
  return <const Options extends Omit<Extract<PropertyDefinition, { kind: K }>, 'kind'>>(
    options: Options,
  ): Options & { readonly kind: K } => ({ ...options, kind })
}
