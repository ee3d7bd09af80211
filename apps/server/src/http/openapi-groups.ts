/** A part of the API's description, in the order in which it is read. */
interface ApiGroup {
  readonly name: string
  readonly description: string
  /** Whether a path, written as OpenAPI does, belongs to it; the first that says so has it. */
  readonly has: RegExp
}

/** From what clients call to what only the editor does. */
export const apiGroups: readonly ApiGroup[] = [
  {
    name: 'Run a flow',
    description: 'Starts a flow by its id. What a caller sends is the input of its trigger.',
    has: /^\/api\/flows\/\{id\}\/(?:run|stream|submit)$/,
  },
  {
    name: 'OpenAI',
    description: 'Flows with a Chat completion trigger, for whatever speaks to OpenAI.',
    has: /^\/v1\//,
  },
  {
    name: 'AI SDK',
    description: 'Flows with a Chat completion trigger, for `useChat` of the AI SDK.',
    has: /^\/api\/flows\/\{id\}\/chat(?:\/|$)/,
  },
  {
    name: 'Runs',
    description: 'One execution of a flow: how it stands, its values and its log.',
    has: /^\/api\/(?:runs(?:\/|$)|retention$)/,
  },
  {
    name: 'Flows',
    description: 'Documents: written, read, compared and tested.',
    has: /^\/api\/flows(?:\/|$)/,
  },
  {
    name: 'Connections',
    description:
      'Addresses and secrets that flows use, and variables in them. No answer tells a secret.',
    has: /^\/api\/(?:connection|variable)/,
  },
  {
    name: 'Access',
    description: 'API keys, the sign-in of the operator, and visitors of chat pages.',
    has: /^\/api\/(?:keys|session|public|sign)/,
  },
  {
    name: 'Server',
    description: 'What the server is and knows, and what helps to design.',
    has: /^\//,
  },
]

/** The name of the group that a path belongs to. */
export function groupOf(path: string): string {
  const group = apiGroups.find(({ has }) => has.test(path))
  if (group === undefined) throw new Error(`"${path}" is no path of the API.`)
  return group.name
}
