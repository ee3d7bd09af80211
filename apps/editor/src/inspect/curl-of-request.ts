import { shellText } from '../ui/shell-text.ts'

/**
 * A request to a chat model as a command for a shell, without its key, which the shell is to have in
 * `API_KEY`.
 */
export function curlOfRequest(
  request: Readonly<Record<string, unknown>>,
  baseUrl: string | undefined,
): string {
  // Its options are told of a stream, which itself is a way to send a request.
  const sent = request['stream_options'] === undefined ? request : { ...request, stream: true }
  const address =
    baseUrl === undefined
      ? '"$BASE_URL/chat/completions"'
      : shellText(`${baseUrl.replace(/\/+$/, '')}/chat/completions`)
  return [
    `curl ${address}`,
    `-H "Authorization: Bearer $API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${shellText(JSON.stringify(sent))}`,
  ].join(' \\\n  ')
}
