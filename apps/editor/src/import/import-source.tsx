import { FileInput } from 'lucide-react'
import { useId, useState, type DragEvent } from 'react'
import { Field } from '../ui/field.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { droppedTexts, textsOfFiles } from './dropped-texts.ts'
import styles from './import-dialog.module.css'
import type { ImportText } from './read-import.ts'

/** Asks for files, or for text. */
export function ImportSource({
  onTexts,
}: {
  readonly onTexts: (texts: readonly ImportText[]) => void
}) {
  const inputId = useId()
  const [isOver, setIsOver] = useState(false)

  function drop(event: DragEvent): void {
    event.preventDefault()
    event.stopPropagation()
    setIsOver(false)
    void droppedTexts(event.dataTransfer).then(onTexts)
  }

  return (
    <div className={styles.source}>
      <label
        htmlFor={inputId}
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <FileInput size={20} aria-hidden />
        <span>
          Drop files here, or <u>choose some</u>
        </span>
        <input
          id={inputId}
          className="visually-hidden"
          type="file"
          multiple
          accept=".json,application/json"
          onChange={(event) => void textsOfFiles(event.target.files ?? []).then(onTexts)}
        />
      </label>
      <Field label="Or paste its text">
        <TextArea
          value=""
          isMono
          rows={4}
          placeholder={'{ "format": "millrace/flow", … }'}
          onChange={(text) => onTexts([{ name: undefined, text }])}
        />
      </Field>
    </div>
  )
}
