import { readNamedValues, type JsonValue, type NamedValue } from '@millrace/flow'
import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { SuggestField } from '../ui/suggest-field.tsx'
import { CellControl } from './cell-control.tsx'
import { CellProblems, isAt } from './cell-problems.tsx'
import type { ControlProps } from './control-props.ts'
import { JsonControl } from './json-control.tsx'
import styles from './named-values-control.module.css'
import { useNameSuggestions } from './use-name-suggestions.ts'

/** Values under names of the designer's choice: headers, the inputs of a function or of a flow. */
export function NamedValuesControl(props: ControlProps<'namedValues'>) {
  const values = props.value === undefined ? [] : readNamedValues(props.value)
  // From a file, or from an older definition.
  if (values === undefined) return <JsonControl {...props} title="Edit as JSON" />
  return <NamedValueList {...props} values={values} />
}

interface NamedValueListProps extends ControlProps<'namedValues'> {
  readonly values: readonly NamedValue[]
}

function NamedValueList(props: NamedValueListProps) {
  const { nodeId, property, values, onChange, labelId, problems } = props
  const { itemLabel, valueType = 'any', names } = property
  const noun = itemLabel.toLowerCase()
  const suggestions = useNameSuggestions(nodeId, property)
  const unused = suggestions.filter(({ value }) => values.every(({ name }) => name !== value))
  const missing = unused.filter(({ isExpected }) => isExpected)
  const list = useRef<HTMLUListElement>(null)
  const isAdded = useRef(false)
  const write = (changed: readonly NamedValue[], step?: string) =>
    onChange(changed.length === 0 ? undefined : changed.map((one) => ({ ...one })), step)

  useEffect(() => {
    if (!isAdded.current) return
    isAdded.current = false
    list.current?.lastElementChild?.querySelector('input')?.focus()
  }, [values.length])

  return (
    <div role="group" aria-labelledby={labelId} className={styles.whole}>
      {values.length > 0 && (
        <ul ref={list} className={styles.list}>
          {values.map(({ name, value }, index) => (
            <li
              // A value has no id but its place: its name may be the one being changed.
              key={`${values.length}-${index}`}
              className={styles.value}
            >
              <div className={styles.name}>
                <SuggestField
                  label={`Name of ${noun} ${index + 1}`}
                  placeholder={names === 'identifier' ? 'name' : itemLabel}
                  value={name}
                  suggestions={unused}
                  onChange={(typed) => write(values.with(index, { name: typed, value }))}
                />
              </div>
              <CellControl
                nodeId={nodeId}
                label={`Value of ${name || `${noun} ${index + 1}`}`}
                value={value}
                wanted={valueType}
                placeholder="Value or variable"
                isInvalid={problems.some((one) => isAt(one, [index, 'value']))}
                onChange={(changed) => write(values.with(index, { name, value: changed }))}
              />
              <CellProblems problems={problems} part={[index, 'value']} value={value} />
              {/* After the value, to which Tab leads from the name. */}
              <div className={styles.remove}>
                <IconButton
                  label={`Remove ${name || `${noun} ${index + 1}`}`}
                  onClick={() => write(values.toSpliced(index, 1), `Remove ${withArticle(noun)}`)}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.commands}>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            isAdded.current = true
            write([...values, newValue('')], `Add ${withArticle(noun)}`)
          }}
        >
          Add {noun}
        </Button>
        {missing.length > 0 && (
          <Button
            size="small"
            variant="quiet"
            onClick={() =>
              write(
                [...values.filter(isFilled), ...missing.map((one) => newValue(one.value))],
                'Add what is expected',
              )
            }
          >
            Add {missing.map(({ value }) => value).join(', ')}
          </Button>
        )}
      </div>
    </div>
  )
}

function newValue(name: string): NamedValue {
  return { name, value: null satisfies JsonValue }
}

function isFilled({ name, value }: NamedValue): boolean {
  return name !== '' || value !== null
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}
