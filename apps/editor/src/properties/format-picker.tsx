import { Popover } from '@base-ui/react/popover'
import {
  describeType,
  isAssignable,
  required,
  stepsFor,
  typeAfter,
  typeOfReference,
  writeFormat,
  type FormatStep,
  type FormattedValue,
  type ScopeVariable,
  type Type,
} from '@millrace/flow'
import { Plus, X } from 'lucide-react'
import { useId, useState, type RefObject } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { NumberField } from '../ui/number-field.tsx'
import popup from '../ui/popup.module.css'
import { SuggestField } from '../ui/suggest-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { readContent, writeContent } from './chip-content.ts'
import { expressionMark } from './chip-text.ts'
import { Chip } from './chip.tsx'
import { ExpressionControl } from './expression-control.tsx'
import { expressionResult } from './expression-result.ts'
import styles from './format-picker.module.css'
import { stepNames } from './format-words.ts'
import { useLastValues } from './last-values.ts'
import { useChipLook, useScopes } from './scopes.ts'

export interface FormatPickerProps {
  readonly nodeId: string
  /** What the chip holds. */
  readonly content: string
  readonly wanted: Type
  readonly anchor: { getBoundingClientRect(): DOMRect } | RefObject<Element | null>
  readonly onChange: (content: string) => void
  readonly onClose: () => void
}

/** What is done to the value of a chip, without an expression; one that says more is shown as it is. */
export function FormatPicker(props: FormatPickerProps) {
  const { nodeId, content, onChange } = props
  const labelId = useId()
  const lookOf = useChipLook(nodeId)
  const read = readContent(content)
  return (
    <Popover.Root open modal={false} onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={props.anchor}
          align="start"
          sideOffset={4}
          className={popup.positioner}
        >
          <Popover.Popup className={`${popup.popup} ${styles.popup}`} aria-labelledby={labelId}>
            <div className={styles.head}>
              <h3 id={labelId}>Format value</h3>
              <Chip look={lookOf(content)} />
            </div>
            {read.kind === 'variable' ? (
              <FormatForm {...props} formatted={read.formatted} />
            ) : (
              <ExpressionControl
                nodeId={nodeId}
                source={read.source}
                onChange={(source) => onChange(expressionMark + source)}
                labelId={labelId}
                isRequired
                wanted={props.wanted}
                lastValue={null}
              />
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface FormatFormProps extends FormatPickerProps {
  readonly formatted: FormattedValue
}

function FormatForm({ nodeId, wanted, formatted, onChange }: FormatFormProps) {
  const { scopes } = useScopes()
  const variables = scopes.at(nodeId)
  const values = useLastValues(nodeId)
  const { reference, steps, ifEmpty } = formatted
  const write = (changed: FormattedValue) => onChange(writeContent(changed, variables))
  const own = typeOfReference(reference, variables)
  const result = required(steps.reduce<Type>(typeAfter, own))
  const source = writeFormat(formatted, variables)
  const shown = expressionResult(source, values)
  const isFit = isAssignable(result, wanted) || wanted === 'text'
  return (
    <>
      {steps.length > 0 && (
        <ol className={styles.steps} aria-label="What is done to it">
          {steps.map((step, index) => (
            <li key={`${index} ${step.kind}`} className={styles.step}>
              <span className={styles.name}>{stepNames[step.kind]}</span>
              <StepOption
                step={step}
                onChange={(changed) => write({ ...formatted, steps: steps.with(index, changed) })}
              />
              <IconButton
                label={`Remove ${stepNames[step.kind]}`}
                onClick={() => write({ ...formatted, steps: steps.toSpliced(index, 1) })}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.choices} role="group" aria-label="Add a format">
        {nextSteps(steps, result).map((step) => (
          <button
            key={step.kind}
            type="button"
            className={styles.choice}
            onClick={() => write({ ...formatted, steps: [...steps, step] })}
          >
            <Plus size={12} aria-hidden />
            {stepNames[step.kind]}
          </button>
        ))}
      </div>
      {canBeEmpty(reference, variables) && (
        <DefaultField
          type={result}
          value={ifEmpty}
          onChange={(changed) =>
            write({ reference, steps, ...(changed === undefined ? {} : { ifEmpty: changed }) })
          }
        />
      )}
      <p className={styles.foot} role="status" data-wrong={!isFit || undefined}>
        {isFit
          ? `Gives ${result === 'any' ? 'a value of any type' : describeType(result)}.`
          : `Gives ${describeType(result)}; ${describeType(wanted)} is wanted.`}
        {shown !== undefined && (
          <span className={styles.result} title={`With the values of the last run: ${shown}`}>
            <b>Result</b> {shown}
          </span>
        )}
      </p>
    </>
  )
}

interface StepOptionProps {
  readonly step: FormatStep
  readonly onChange: (step: FormatStep) => void
}

/** What a step leaves open: the separator, the digits, the pattern. */
function StepOption({ step, onChange }: StepOptionProps) {
  switch (step.kind) {
    case 'join':
      return (
        <TextField
          aria-label="Between the items"
          value={step.separator}
          onChange={(separator) => onChange({ ...step, separator })}
        />
      )
    case 'round':
      return (
        <NumberField
          label="Digits after the point"
          value={step.digits}
          minimum={0}
          maximum={maxDigits}
          onChange={(digits = 0) =>
            onChange({ ...step, digits: Math.min(maxDigits, Math.max(0, Math.round(digits))) })
          }
        />
      )
    case 'date':
      return (
        <SuggestField
          label="Pattern of the date"
          value={step.pattern}
          suggestions={datePatterns}
          onChange={(pattern) => onChange({ ...step, pattern })}
        />
      )
    default:
      return <span className={styles.filler} />
  }
}

const maxDigits = 15

const datePatterns = [
  { value: 'DD.MM.YYYY', hint: '31.01.2026' },
  { value: 'DD.MM.YYYY HH:mm', hint: '31.01.2026 17:05' },
  { value: 'YYYY-MM-DD', hint: '2026-01-31' },
  { value: 'MM/DD/YYYY', hint: '01/31/2026' },
  { value: 'HH:mm', hint: '17:05' },
  { value: 'YYYY', hint: '2026' },
]

interface DefaultFieldProps {
  readonly type: Type
  readonly value: FormattedValue['ifEmpty']
  readonly onChange: (value: FormattedValue['ifEmpty']) => void
}

function DefaultField({ type, value, onChange }: DefaultFieldProps) {
  // What is typed stays as it is typed: `1.` is on the way to a number.
  const [typed, setTyped] = useState(() => (value === undefined ? '' : String(value)))
  return (
    <label className={styles.default}>
      <span className={styles.name}>If empty, use</span>
      <TextField
        aria-label="If empty, use"
        placeholder="Nothing"
        value={typed}
        onChange={(text) => {
          setTyped(text)
          onChange(text === '' ? undefined : valueOf(text, type))
        }}
      />
    </label>
  )
}

/** In the place of a number stands a number, where the text is one. */
function valueOf(text: string, type: Type): string | number | boolean {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** What can be done next; the same twice in a row does nothing. */
function nextSteps(steps: readonly FormatStep[], type: Type): readonly FormatStep[] {
  return stepsFor(type).filter(({ kind }) => kind !== steps.at(-1)?.kind)
}

function canBeEmpty(reference: string, variables: readonly ScopeVariable[]): boolean {
  return writeFormat({ reference, steps: [], ifEmpty: '' }, variables) !== reference
}
