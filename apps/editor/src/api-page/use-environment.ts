import { useEffect, useState } from 'react'
import type { Published } from '../api/published.ts'
import { loadPublications, usePublications } from '../publish/publications-store.ts'
import { mainPublication } from '../publish/published-words.ts'
import type { Environment } from './api-target.ts'

/** Where the flow is shown to be called, and what is published of it. */
export interface EnvironmentOfPage {
  readonly environment: Environment
  readonly choose: (environment: Environment) => void
  /** `undefined` while it is not known. */
  readonly published: readonly Published[] | undefined
}

/** Where the flow counts most: production, else test, else its draft, until somebody chooses. */
export function useEnvironment(flowId: string): EnvironmentOfPage {
  const publications = usePublications()
  const [chosen, choose] = useState<Environment>()
  useEffect(() => void loadPublications(flowId), [flowId])
  const published =
    publications.status === 'ready' && publications.flowId === flowId
      ? publications.published
      : undefined
  const environment = chosen ?? mainPublication(published ?? [])?.environment ?? 'development'
  return { environment, choose, published }
}
