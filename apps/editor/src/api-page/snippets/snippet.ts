/** Code that runs a flow, ready to be copied. */
export interface Snippet {
  readonly id: SnippetId
  readonly title: string
  /** What it is for, or what it needs. */
  readonly note: string
  readonly files: readonly SnippetFile[]
}

export type SnippetId =
  | 'curl'
  | 'openaiTypescript'
  | 'openaiPython'
  | 'useChat'
  | 'client'
  | 'python'
  | 'mcp'
  | 'background'

export type SnippetLanguage = 'shell' | 'json' | 'typescript' | 'tsx' | 'python'

export interface SnippetFile {
  readonly name: string
  readonly language: SnippetLanguage
  readonly code: string
}

/** The variable of a program's environment that holds the key. */
export const keyVariable = 'MILLRACE_API_KEY'
