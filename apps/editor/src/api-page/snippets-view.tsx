import { useId, useState } from 'react'
import { TabList, tabPanelProps } from '../ui/tab-list.tsx'
import type { ApiTarget } from './api-target.ts'
import { CodeBlock } from './code-block.tsx'
import type { SnippetId } from './snippets/snippet.ts'
import { snippetsOf } from './snippets/snippets-of.ts'
import styles from './snippets-view.module.css'

/** Code that runs the flow, one language at a time. */
export function SnippetsView({ target }: { readonly target: ApiTarget }) {
  const id = useId()
  const [chosen, setChosen] = useState<SnippetId>()
  const snippets = snippetsOf(target)
  const snippet = snippets.find((one) => one.id === chosen) ?? snippets[0]
  if (snippet === undefined) return null
  return (
    <div className={styles.view}>
      <TabList
        label="Languages"
        id={id}
        tabs={snippets.map((one) => ({ tab: one.id, label: one.title }))}
        shown={snippet.id}
        onShow={setChosen}
      />
      <div {...tabPanelProps(id, snippet.id)} className={styles.panel}>
        <p className={styles.note}>{snippet.note}</p>
        {snippet.files.map(({ name, language, code }) => (
          <CodeBlock key={name} name={name} language={language} code={code} />
        ))}
      </div>
    </div>
  )
}
