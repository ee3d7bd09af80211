import type { StoredFlow } from '../flows/flow-store.ts'
import type { PublishedEnvironment } from './environment.ts'

/** Which revision of a flow is published to an environment. */
export interface Publication {
  readonly flowId: string
  readonly environment: PublishedEnvironment
  readonly revision: number
  /** Epoch milliseconds. */
  readonly publishedAt: number
}

/** What happened once: a revision was published, or `null`: what was published was taken away. */
export interface PublicationEntry extends Omit<Publication, 'flowId' | 'revision'> {
  readonly revision: number | null
}

/**
 * What is published of which flow, and was. A published revision is kept for ever. Of a deleted flow
 * nothing is found until it is restored; a new flow that takes its id begins unpublished.
 */
export interface PublicationStore {
  /**
   * Puts a revision in the place of what is published; the one that is there already stays. Throws
   * `not_found` when there is no such flow, or no such revision of it any more.
   */
  publish(flowId: string, to: Pick<Publication, 'environment' | 'revision'>): Promise<Publication>
  /** Takes away what is published, if anything is. Throws `not_found` when there is no such flow. */
  unpublish(flowId: string, environment: PublishedEnvironment): Promise<void>
  /** What is published, as a flow that was updated when it was published. */
  find(flowId: string, environment: PublishedEnvironment): Promise<StoredFlow | undefined>
  /** What is published to an environment and has this in its text, by id; see `FlowStore`. */
  containing(part: string, environment: PublishedEnvironment): Promise<readonly StoredFlow[]>
  /** What is published of one flow, or of all. */
  list(flowId?: string): Promise<readonly Publication[]>
  /** What happened to a flow, the latest first; so many entries at most. */
  history(flowId: string, limit: number): Promise<readonly PublicationEntry[]>
}
