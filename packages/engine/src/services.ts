import type { CodePosition, RunEventOf } from '@millrace/flow'
import type { Exchanges } from './exchanges.ts'

/** A set of credentials and addresses by name, with its secrets, as a node receives it. */
export interface Connection {
  readonly id: string
  readonly kind: string
  readonly name: string
  /**
   * By the keys of the connection's definition; what was left out has its default. A secret is a
   * `Secret`, also as the value of a header.
   */
  readonly fields: Readonly<Record<string, unknown>>
}

/** An address that a node is about to connect to, after its name was resolved. */
export interface OutgoingTarget {
  /** The host as the connection or flow wrote it. */
  readonly host: string
  readonly port: number
  /** The resolved IP address. */
  readonly address: string
}

/** A run of another flow, as whoever called it follows it. */
export interface CalledRun {
  readonly runId: string
  /** What the other flow yields, in order; ends with the run, and does not fail when that failed. */
  readonly values: AsyncIterable<unknown>
  /** Resolves with the terminal event; never rejects. */
  readonly end: Promise<RunEventOf<'run-end'>>
}

/** Runs other flows, for *Run flow*. Which revision runs is decided when it starts. */
export interface FlowCalls {
  /**
   * Starts a flow as a run of its own, with its own log. Throws `not_found`, `flow_not_published`,
   * `flow_invalid`, `input_invalid`, and `limit_exceeded` when flows call each other too deep.
   */
  start(call: {
    readonly flowId: string
    readonly input: unknown
    /** The run that calls. */
    readonly caller: string
    /** Stops the other run when aborted. */
    readonly signal: AbortSignal
  }): Promise<CalledRun>
}

/** Code of a flow: the body of an async function, in JavaScript or TypeScript. */
export interface FunctionCode {
  readonly source: string
  /** The names of the values that it gets, which are its parameters. */
  readonly inputs: readonly string[]
}

/** Why code cannot be run, found without running it. */
export interface CodeProblem {
  /** What is wrong and what to do, as sentences. */
  readonly message: string
  /** Where in the source; absent when it is about the whole of it. */
  readonly position?: CodePosition
  /** The input whose name is to blame, where one is. */
  readonly input?: string
}

/** Code of a flow, as it is run in the sandbox. */
export interface FunctionCall {
  /** What the code is called, for messages. */
  readonly title: string
  readonly source: string
  /** What the code gets, by name; JSON. */
  readonly inputs: Readonly<Record<string, unknown>>
  readonly timeoutMs: number
  readonly memoryBytes: number
  /** Ends the call at once when aborted; the call then rejects with its reason. */
  readonly signal: AbortSignal
  readonly onLog: (level: 'info' | 'warning' | 'error', message: string) => void
}

/** Runs code of flows outside of the server's own JavaScript. */
export interface FunctionSandbox {
  /** Reads code without running it; nothing when it can be run. */
  check(code: FunctionCode): Promise<CodeProblem | undefined>
  /**
   * Answers what the code returned, as JSON. Throws `input_invalid` for code that cannot be read,
   * `function_failed` when it threw, `timeout` and `limit_exceeded` at its limits.
   */
  run(call: FunctionCall): Promise<unknown>
}

/** The outside world of a run, by interface. Kept small: what only some nodes need is theirs. */
export interface Services {
  readonly connections: {
    /**
     * Throws `connection_missing` when there is none, `connection_locked` when its secrets cannot be
     * read, `variable_missing` when a variable in it has no value.
     */
    get(id: string): Promise<Connection>
  }
  /** Whether the server may reach an address; asked when connecting, again at each redirect. */
  readonly mayConnect: (target: OutgoingTarget) => boolean
  /** Absent where a run simply uses the network. */
  readonly exchanges?: Exchanges
  /** Absent where a flow cannot call another one. */
  readonly flows?: FlowCalls
  /** Absent where no code of flows is run. */
  readonly functions?: FunctionSandbox
  /** How large a result of a database may get, in rows and bytes; as the nodes say where absent. */
  readonly resultLimits?: { readonly rows: number; readonly bytes: number }
  /**
   * What requests of a run to the outside say besides, so that whoever is asked goes on with its trace;
   * absent where none is made.
   */
  readonly traceHeaders?: (runId: string) => Readonly<Record<string, string>>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Lets time pass, in milliseconds; rejects when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** A fresh id for a run, unique and not guessable. */
  readonly newId: () => string
  /**
   * What outlives a run and is shared between runs: pools and clients. The first call for a key
   * makes it; whoever owns the services disposes of it, and waits for that.
   */
  readonly share: <T>(
    key: string,
    create: () => T,
    dispose: (value: T) => void | Promise<void>,
  ) => T
}
