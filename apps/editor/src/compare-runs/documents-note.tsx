import { diffFlows, linesOfDiff, type ComparedRuns, type Flow } from '@millrace/flow'
import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { registry } from '../registry.ts'
import { counted } from '../ui/counted.ts'
import { DifferenceWords } from '../versions/difference-words.ts'
import styles from './run-comparison.module.css'

interface DocumentsNoteProps {
  readonly compared: ComparedRuns
  readonly left: Flow
  /** `undefined` where it is no longer kept. */
  readonly right: Flow | undefined
}

/** Says that the two runs ran different documents, and in what these differ; nothing when they are one. */
export function DocumentsNote({ compared, left, right }: DocumentsNoteProps) {
  const isSame = compared.left.document === compared.right.document
  const lines = useMemo(() => {
    if (isSame || right === undefined) return []
    const { changed, rewired } = linesOfDiff(diffFlows(left, right, registry))
    const words = new DifferenceWords([left, right], registry)
    return [...changed, ...rewired].map(({ sign, of }) => `${sign} ${words.of(of)}`)
  }, [isSame, left, right])
  if (isSame) return null
  return (
    <div className={styles.documents} role="note">
      <TriangleAlert size={14} aria-hidden />
      {lines.length === 0 ? (
        <p>
          {right === undefined
            ? 'They ran different versions of the flow; what the other one ran is no longer kept.'
            : 'They ran different versions of the flow, which differ in nothing that a run can tell.'}
        </p>
      ) : (
        <details>
          <summary>
            They ran different versions of the flow: {counted(lines.length, 'difference')}
          </summary>
          <ul>
            {lines.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
