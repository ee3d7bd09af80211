import { CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { whenIdle } from '../app/when-idle.ts'
import { runCommand } from '../commands/commands.ts'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import styles from './publish-button.module.css'
import type { Standing } from './watch-publications.ts'

/** Opens the dialog that publishes, and says how the flow stands to what is published. */
export function PublishButton({ textClass }: { readonly textClass: string | undefined }) {
  const standing = useStanding()
  return (
    <Tooltip label={standing?.words ?? 'Choose what clients run'}>
      <Button
        className={styles.button}
        icon={<CloudUpload size={15} aria-hidden />}
        aria-label="Publish"
        aria-description={standing?.words}
        onClick={() => runCommand('publish')}
      >
        <span className={textClass}>Publish</span>
        {standing !== undefined && (
          <i className={standing.isBehind ? styles.behind : styles.live} aria-hidden />
        )}
      </Button>
    </Tooltip>
  )
}

/** Known a little after the canvas, which does not wait for it. */
function useStanding(): Standing | undefined {
  const [standing, setStanding] = useState<Standing | undefined>()
  useEffect(() => {
    const leaving = new AbortController()
    async function watch(): Promise<void> {
      const { watchPublications } = await import('./watch-publications.ts')
      if (leaving.signal.aborted) return
      leaving.signal.addEventListener('abort', watchPublications(setStanding))
    }
    // Where it cannot be fetched, the button does without it.
    const cancel = whenIdle(() => void watch().catch(() => undefined))
    return () => {
      cancel()
      leaving.abort()
    }
  }, [])
  return standing
}
