import { cancelledError } from './cancel-scope.ts'
import type { Recorder } from './recorder.ts'
import { named, type BlockEntry, type Place } from './visited-run.ts'

interface StartedVisit {
  /** Its number, unique in the run. */
  readonly visit: number
  readonly isRecorded: boolean
}

/** The visits of a run that started and have not ended, as far as they are on record. */
export class OpenVisits {
  readonly #recorder: Recorder
  /** Outermost first. */
  readonly #open = new Set<number>()
  #count = 0

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** Starts a visit; [E3] it is on record unless it is in a loop's block at a lower trace. */
  start(nodeId: string, { parent, port, isInLoop, entry }: Place): StartedVisit {
    this.#count += 1
    const visit = this.#count
    const isRecorded = !isInLoop || this.#recorder.level === 'full'
    if (isRecorded) {
      this.#open.add(visit)
      this.#recorder.record({
        type: 'node-start',
        visit,
        nodeId,
        ...(parent === undefined ? {} : { parent }),
        ...(port === undefined ? {} : { port }),
        ...(entry === undefined ? {} : this.#told(nodeId, entry)),
      })
    }
    return { visit, isRecorded }
  }

  /** [E29] What the start of a node tells of the block that it runs in. */
  #told(nodeId: string, { iteration, firstNodeId, variables, values }: BlockEntry) {
    const isShown =
      this.#recorder.level === 'full' && nodeId === firstNodeId && variables.length > 0
    return {
      ...(iteration === undefined ? {} : { iteration }),
      ...(isShown ? { entered: named(variables, values) } : {}),
    }
  }

  /** Marks a recorded visit as ended; `false` when it was before. */
  close(visit: number): boolean {
    return this.#open.delete(visit)
  }

  /** To be called when the run ends: what is still open ends with it. */
  closeAll(): void {
    for (const visit of [...this.#open].toReversed()) {
      this.#recorder.record({ type: 'node-error', visit, error: cancelledError().toShape() })
    }
    this.#open.clear()
  }
}
