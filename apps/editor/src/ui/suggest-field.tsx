import { Autocomplete } from '@base-ui/react/autocomplete'
import { ChevronDown } from 'lucide-react'
import { classNames } from './class-names.ts'
import control from './control.module.css'
import popup from './popup.module.css'
import styles from './suggest-field.module.css'

export interface Suggestion {
  readonly value: string
  readonly hint?: string
}

export interface SuggestFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly suggestions: readonly Suggestion[]
  /** Its name where no `Field` gives one. */
  readonly label: string
  readonly placeholder?: string
  readonly isInvalid?: boolean
}

/** One line of text, with values to choose from that are no limit. */
export function SuggestField(props: SuggestFieldProps) {
  const { suggestions, label } = props
  return (
    <Autocomplete.Root
      items={suggestions}
      itemToStringValue={({ value }: Suggestion) => value}
      value={props.value}
      onValueChange={props.onChange}
    >
      <Autocomplete.InputGroup
        className={classNames(control.control, styles.group)}
        {...(props.isInvalid === true ? { 'data-invalid': true } : {})}
      >
        <Autocomplete.Input
          className={styles.input}
          aria-label={label}
          placeholder={props.placeholder}
          spellCheck={false}
          {...(props.isInvalid === true ? { 'aria-invalid': true } : {})}
        />
        {suggestions.length > 0 && (
          <Autocomplete.Trigger className={styles.trigger} aria-label={`Choices for ${label}`}>
            <ChevronDown size={14} aria-hidden />
          </Autocomplete.Trigger>
        )}
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Autocomplete.Popup
            className={classNames(popup.popup, popup.asWideAsAnchor, styles.popup)}
          >
            <Autocomplete.List>
              {(suggestion: Suggestion) => (
                <Autocomplete.Item key={suggestion.value} value={suggestion} className={popup.item}>
                  <span className={popup.itemText}>{suggestion.value}</span>
                  {suggestion.hint !== undefined && (
                    <span className={styles.hint}>{suggestion.hint}</span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
