import { useState } from 'react'
import {
  environmentNames,
  publishedEnvironments,
  type PublishedEnvironment,
} from '../api/environments.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import type { PublishedVersion } from '../session/opened.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { sinceWhen } from '../ui/since-when.ts'
import { useVersionPair } from '../versions/use-version-pair.ts'
import { PublicationHistory } from './publication-history.tsx'
import { usePublications } from './publications-store.ts'
import styles from './publish-dialog.module.css'
import { PublishFindings } from './publish-findings.tsx'
import { PublishedChanges } from './published-changes.tsx'
import { usePublishable, usePublishing } from './use-publishing.ts'

interface PublishDialogProps {
  /** The version to publish; the flow as it is saved when not given. */
  readonly version: PublishedVersion | undefined
}

/** Chooses an environment, shows what publishing to it would change, and does it. */
export function PublishDialog({ version }: PublishDialogProps) {
  const name = useDocument(selectName)
  const problems = useDocument(selectProblems)
  const publishable = usePublishable(version)
  const publications = usePublications()
  const { isBusy, error, put } = usePublishing()
  const [environment, setEnvironment] = useState<PublishedEnvironment>('production')

  const isKnown = publications.status === 'ready'
  const published = isKnown
    ? publications.published.find((one) => one.environment === environment)
    : undefined
  const saved = publishable.status === 'saved' ? publishable : undefined
  const wanted = saved && {
    flowId: saved.flowId,
    before: published?.revision ?? saved.revision,
    after: saved.flow ?? saved.revision,
  }
  const pair = useVersionPair(isKnown ? wanted : undefined, 0)
  const errors = version === undefined ? problems.filter(isError) : []
  const isPublished = saved !== undefined && published?.revision === saved.revision
  const place = saved && { flowId: saved.flowId, environment }

  async function publish(): Promise<void> {
    if (saved === undefined || place === undefined) return
    const isDone = await put(place, { from: published?.revision, to: saved.revision })
    if (isDone) sessionCommands.close()
  }

  return (
    <Dialog
      isOpen
      onClose={sessionCommands.close}
      title={`Publish “${name}”`}
      description={
        version === undefined
          ? 'Clients run what is published. What you edit afterwards reaches them when you publish again.'
          : `This publishes the version of ${version.moment}. What is on the canvas stays as it is.`
      }
      footer={
        <>
          <Button onClick={sessionCommands.close}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            disabled={!isKnown || saved === undefined || isPublished || errors.length > 0}
            onClick={() => void publish()}
          >
            Publish to {environment}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <Choice<PublishedEnvironment>
          label="Environment"
          value={environment}
          options={environmentOptions}
          onChange={setEnvironment}
        />
        <div className={styles.state}>
          <p role="status">
            {publications.status === 'failed'
              ? publications.error.message
              : !isKnown
                ? 'Reading what is published…'
                : published === undefined
                  ? `Nothing is published to ${environment}: clients get “not found” there.`
                  : `Published ${sinceWhen(published.publishedAt, new Date())}.`}
          </p>
          {published !== undefined && place !== undefined && (
            <Button
              size="small"
              isBusy={isBusy}
              onClick={() => void put(place, { from: published.revision, to: undefined })}
            >
              Unpublish
            </Button>
          )}
        </div>
        {publishable.status === 'unsaved' && (
          <p className={styles.refusal} role="alert">
            The flow is not saved, so it cannot be published. Look at what is said beside its name,
            and try again.
          </p>
        )}
        <PublishFindings
          errors={errors}
          refusal={error}
          flow={pair.status === 'ready' ? pair.after : undefined}
          environment={environment}
        />
        {isKnown && saved !== undefined && (
          <PublishedChanges pair={pair} isFirst={published === undefined} />
        )}
        {isKnown && place !== undefined && (
          <PublicationHistory
            entries={publications.history.filter((one) => one.environment === environment)}
            published={published?.revision}
            isBusy={isBusy}
            onPublish={(revision) => void put(place, { from: published?.revision, to: revision })}
          />
        )}
      </div>
    </Dialog>
  )
}

const environmentOptions = publishedEnvironments.map((value) => ({
  value,
  label: environmentNames[value],
}))

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}

function selectName({ flow }: DocumentState): string {
  return flow.name
}

function selectProblems({ problems }: DocumentState): DocumentState['problems'] {
  return problems
}
