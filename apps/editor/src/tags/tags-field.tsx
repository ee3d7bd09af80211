import { maxTagLength, maxTags, tagKey, tidyTag, tidyTags } from '@millrace/flow'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { classNames } from '../ui/class-names.ts'
import control from '../ui/control.module.css'
import popup from '../ui/popup.module.css'
import suggest from '../ui/suggest-field.module.css'
import { TagChip } from './tag-chip.tsx'
import styles from './tags-field.module.css'

export interface TagsFieldProps {
  readonly tags: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
  /** Tags of other flows, offered before somebody makes a second word for the same thing. */
  readonly known: readonly string[]
  readonly label?: string
}

/** The tags of a flow: each can be taken away, and Enter or a comma adds what was typed. */
export function TagsField({ tags, onChange, known, label = 'Tags' }: TagsFieldProps) {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const taken = new Set(tags.map(tagKey))
  const offered = known.filter((tag) => !taken.has(tagKey(tag)))

  function add(tag: string): void {
    setText('')
    const next = tidyTags([...tags, tag])
    if (next.length > tags.length) onChange(next)
  }

  function remove(tag: string): void {
    onChange(tags.filter((other) => other !== tag))
    input.current?.focus()
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    // Enter on a suggestion is the list's own.
    const isOnSuggestion = event.currentTarget.hasAttribute('aria-activedescendant')
    const last = tags.at(-1)
    if (event.key === ',' || (event.key === 'Enter' && text !== '' && !isOnSuggestion)) {
      event.preventDefault()
      add(text)
    } else if (event.key === 'Backspace' && text === '' && last !== undefined) {
      remove(last)
    }
  }

  return (
    <Autocomplete.Root
      items={offered}
      value={text}
      onValueChange={(value, { reason }) => (reason === 'item-press' ? add(value) : setText(value))}
    >
      <Autocomplete.InputGroup className={classNames(control.control, styles.group)}>
        {tags.map((tag) => (
          <TagChip key={tag} tag={tag}>
            <button type="button" aria-label={`Remove the tag ${tag}`} onClick={() => remove(tag)}>
              <X size={11} aria-hidden />
            </button>
          </TagChip>
        ))}
        <Autocomplete.Input
          ref={input}
          className={styles.input}
          aria-label={label}
          placeholder={tags.length === 0 ? 'Add a tag, then Enter' : ''}
          maxLength={maxTagLength}
          disabled={tags.length >= maxTags}
          onKeyDown={press}
          onBlur={() => tidyTag(text) === '' && setText('')}
        />
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Autocomplete.Popup
            className={classNames(popup.popup, popup.asWideAsAnchor, suggest.popup)}
          >
            <Autocomplete.List>
              {(tag: string) => (
                <Autocomplete.Item key={tag} value={tag} className={popup.item}>
                  <span className={popup.itemText}>{tag}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
