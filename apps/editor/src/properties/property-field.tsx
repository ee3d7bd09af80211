import {
  readBinding,
  rulesOf,
  setProperty,
  type Flow,
  type JsonValue,
  type Problem,
  type PropertyDefinition,
  type PropertyKind,
} from '@millrace/flow'
import {
  createElement,
  memo,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
} from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { FixButtons } from '../problems/fix-buttons.tsx'
import { registry } from '../registry.ts'
import { LazyScheduleOutlook } from '../schedules/lazy-schedule-outlook.tsx'
import { useSession } from '../session/session-store.ts'
import { FieldScope } from '../ui/field-scope.tsx'
import { Field } from '../ui/field.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { useSteady } from '../ui/use-steady.ts'
import { isNotOfExpression } from './cell-problems.tsx'
import { contentOf, valueOfContent } from './chip-text.ts'
import { chooseModeOf, chosenModeOf, keepModeMemory, modeMemoryOf } from './chosen-modes.ts'
import { placeholderOf, type ControlProps } from './control-props.ts'
import { ExpressionControl } from './expression-control.tsx'
import { FieldProblemsContext } from './field-problems.ts'
import { focusField, tryUntilDone } from './focus-field.ts'
import { fieldControls } from './field-controls.tsx'
import { firstModeOf, modeOf, modesOf, type FieldMode } from './field-mode.ts'
import { LastValue } from './last-value.tsx'
import { switchWithMemory } from './mode-memory.ts'
import { ModeSwitch } from './mode-switch.tsx'
import styles from './property-field.module.css'
import { ReferenceControl } from './reference-control.tsx'
import { useRunProblem } from './use-run-problem.ts'

export interface PropertyFieldProps {
  readonly nodeId: string
  /** All nodes that get the value, when there are several; its own among them. */
  readonly alsoNodeIds?: readonly string[]
  readonly propertyKey: string
  readonly property: PropertyDefinition
  readonly value: JsonValue | undefined
  readonly problems: readonly Problem[]
  readonly showsHelp: boolean
}

/** One property of a node: its label, its control, and what is wrong with it. */
export const PropertyField = memo(function PropertyField(props: PropertyFieldProps) {
  const { nodeId, propertyKey, property, value, problems, showsHelp } = props
  const nodeIds = props.alsoNodeIds ?? [nodeId]
  const editKey = `${nodeIds.join(' ')} ${propertyKey}`
  const setAll = (to: JsonValue | undefined) => (flow: Flow) =>
    nodeIds.reduce(
      (current, id) => setProperty(current, registry, { nodeId: id, key: propertyKey, value: to }),
      flow,
    )
  const labelId = useId()
  const helpId = useId()
  const modes = useMemo(() => modesOf(property), [property])
  const place = { flowId: useDocument(selectFlowId), nodeIds, propertyKey }
  const [chosenMode, setChosenMode] = useState(() => chosenModeOf(place))
  const keepMode = (chosen: FieldMode) => {
    setChosenMode(chosen)
    chooseModeOf(place, chosen)
  }
  const mode =
    chosenMode === 'expression' && isExpression(value)
      ? chosenMode
      : (modeOf(value, property) ?? chosenMode ?? firstModeOf(property))

  const change = (changed: JsonValue | undefined, step?: string) => {
    if (mode !== firstModeOf(property)) keepMode(mode)
    documentCommands.edit(
      step ?? `Change ${property.label}`,
      setAll(changed),
      step === undefined ? { coalesce: editKey } : {},
    )
  }
  const changeMode = (next: FieldMode) => {
    keepMode(next)
    const { value: switched, memory } = switchWithMemory(
      { value, from: mode, to: next, property },
      modeMemoryOf(place),
    )
    keepModeMemory(place, memory)
    if (switched === value) return
    documentCommands.edit(`Change ${property.label}`, setAll(switched))
  }
  const focus = useSession(({ focus: at }) =>
    at?.nodeId === nodeId && at.property === propertyKey ? at : undefined,
  )
  const fieldProblems = useMemo(() => {
    const part = focus?.part
    return { key: editKey, problems, wanted: part && { part } }
  }, [editKey, problems, focus])
  const field = useRef<HTMLDivElement>(null)
  const [choice, setChoice] = useState(0)
  const chooseMode = useSteady((next: FieldMode) => {
    changeMode(next)
    setChoice(choice + 1)
  })
  // Who has chosen how a value is given goes on to give it.
  useEffect(
    () => (choice === 0 ? undefined : tryUntilDone(field.current, () => focusField(field.current))),
    [choice],
  )
  const [opensPicker, setOpensPicker] = useState(false)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isWritten = event.target instanceof HTMLElement && event.target.isContentEditable
    if (event.key !== '/' || isWritten || mode !== 'literal' || !modes.includes('reference')) return
    // Where no chip can stand, a variable takes the place of the value: the gesture is the same.
    event.preventDefault()
    setOpensPicker(true)
    changeMode('reference')
  }
  const runProblem = useRunProblem(nodeId, propertyKey, value)
  const untold = problems.filter(
    (problem) =>
      (mode !== 'expression' || isNotOfExpression(problem)) &&
      (problem.part === undefined || !showsProblemsInParts.has(property.kind)),
  )
  const error = [...untold.map(({ message }) => message), runProblem].join(' ').trim() || undefined
  return (
    <div
      ref={field}
      className={styles.field}
      data-property={propertyKey}
      data-mode={mode}
      onKeyDown={onKeyDown}
    >
      <Field
        label={
          <FieldLabel
            id={labelId}
            text={property.label}
            tip={showsHelp ? undefined : property.help}
          />
        }
        isRequired={property.required ?? false}
        help={showsHelp ? property.help : undefined}
        error={error}
        action={
          modes.length > 1 && (
            <span className={styles.modes}>
              <ModeSwitch modes={modes} mode={mode} onChange={chooseMode} describedBy={labelId} />
            </span>
          )
        }
      >
        <FieldProblemsContext value={fieldProblems}>
          <Control
            nodeId={nodeId}
            propertyKey={propertyKey}
            property={property}
            mode={mode}
            opensPicker={opensPicker}
            value={value}
            onChange={change}
            labelId={labelId}
            describedBy={helpId}
            isInvalid={
              runProblem !== undefined || problems.some(({ severity }) => severity === 'error')
            }
            problems={problems}
          />
        </FieldProblemsContext>
        {mode !== 'expression' && isBound(value) && (
          <LastValue nodeId={nodeId} propertyKey={propertyKey} />
        )}
      </Field>
      {/* A connection is chosen right above. */}
      {property.kind !== 'connection' &&
        problems.map((problem, index) => (
          <FixButtons key={`${problem.code} ${index}`} problem={problem} />
        ))}
      {property.kind === 'schedule' && <LazyScheduleOutlook value={value} />}
      {/* Not shown, but read: what describes a control may be hidden. */}
      <span id={helpId} hidden>
        {error ?? property.help}
      </span>
    </div>
  )
})

interface FieldLabelProps {
  readonly id: string
  readonly text: string
  readonly tip: string | undefined
}

const FieldLabel = memo(function FieldLabel({ id, text, tip }: FieldLabelProps) {
  const label = (
    // A text editor is no form control to which a label could lead by itself.
    <span id={id} onClick={(event) => focusField(event.currentTarget.closest('[data-property]'))}>
      {text}
    </span>
  )
  if (tip === undefined) return label
  return (
    <Tooltip label={<span className={styles.tip}>{tip}</span>} side="left">
      {label}
    </Tooltip>
  )
})

interface AnyControlProps extends ControlProps {
  readonly mode: FieldMode
  /** Whether variables are offered as soon as they are wanted. */
  readonly opensPicker: boolean
  readonly propertyKey: string
}

function Control({ mode, opensPicker, ...props }: AnyControlProps) {
  const { nodeId, property, value, onChange, labelId } = props
  const binding = value === undefined ? undefined : readBinding(value)
  const wanted = rulesOf(property).type(property)
  switch (mode) {
    case 'expression':
      return (
        <ExpressionControl
          nodeId={nodeId}
          source={binding?.kind === 'expression' ? binding.source : ''}
          onChange={(source) => onChange(source === '' ? undefined : { $expr: source })}
          labelId={labelId}
          isRequired={property.required ?? false}
          wanted={wanted}
          lastValue={<LastValue nodeId={nodeId} propertyKey={props.propertyKey} />}
        />
      )
    case 'reference':
      return (
        <ReferenceControl
          {...props}
          content={contentOfValue(value)}
          isOpenAtFirst={opensPicker}
          onChange={(content) =>
            onChange(content === undefined ? undefined : valueOfContent(content))
          }
          placeholder={property.kind === 'reference' ? placeholderOf(property) : ''}
          wanted={wanted}
        />
      )
    case 'literal': {
      // The table gives each kind the control for that kind.
      const control = createElement(
        fieldControls[property.kind] as ComponentType<ControlProps>,
        props,
      )
      return showsProblemsInParts.has(property.kind) ? <FieldScope>{control}</FieldScope> : control
    }
  }
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

/** The kinds whose controls say what is wrong with a part of the value right at that part. */
const showsProblemsInParts: ReadonlySet<PropertyKind> = new Set([
  'conditions',
  'cases',
  'namedValues',
])

/** Whether variables stand in the value, so that it is known only when the flow runs. */
function isBound(value: JsonValue | undefined): boolean {
  const kind = value === undefined ? undefined : readBinding(value)?.kind
  return kind !== undefined && kind !== 'literal'
}

/** Who chose to see an expression goes on to see it, also where it is only a variable with a format. */
function isExpression(value: JsonValue | undefined): boolean {
  return value !== undefined && readBinding(value)?.kind === 'expression'
}

/** What the chip of a variable holds. */
function contentOfValue(value: JsonValue | undefined): string | undefined {
  const binding = value === undefined ? undefined : readBinding(value)
  if (binding?.kind === 'reference') return binding.reference
  return binding?.kind === 'expression' ? contentOf({ $expr: binding.source }) : undefined
}
