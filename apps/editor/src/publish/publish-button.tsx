import { CloudUpload } from 'lucide-react'
import { useEffect } from 'react'
import type { Published } from '../api/publications-api.ts'
import { runCommand } from '../commands/commands.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { loadPublications, usePublications, type PublicationsState } from './publications-store.ts'
import styles from './publish-button.module.css'
import { mainPublication, publishedWords } from './published-words.ts'

/** Opens the dialog that publishes, and says how the flow stands to what is published. */
export function PublishButton({ textClass }: { readonly textClass: string | undefined }) {
  const flowId = useDocument(selectFlowId)
  const revision = useDocument(selectRevision)
  useEffect(() => {
    if (revision !== undefined) void loadPublications(flowId)
  }, [flowId, revision])
  const published = usePublications(selectPublished)
  const words = published && publishedWords(published)
  const isBehind = published !== undefined && published.changes !== 0
  return (
    <Tooltip label={words ?? 'Clients run nothing of this flow yet'}>
      <Button
        className={styles.button}
        icon={<CloudUpload size={15} aria-hidden />}
        aria-label="Publish"
        aria-description={words}
        onClick={() => runCommand('publish')}
      >
        <span className={textClass}>Publish</span>
        {published !== undefined && (
          <i className={isBehind ? styles.behind : styles.live} aria-hidden />
        )}
      </Button>
    </Tooltip>
  )
}

function selectFlowId({ flow }: DocumentState): string {
  return flow.id
}

function selectRevision({ revision }: DocumentState): string | undefined {
  return revision
}

function selectPublished(state: PublicationsState): Published | undefined {
  return state.status === 'ready' ? mainPublication(state.published) : undefined
}
