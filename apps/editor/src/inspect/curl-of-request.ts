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
      : quoted(`${baseUrl.replace(/\/+$/, '')}/chat/completions`)
  return [
    `curl ${address}`,
    `-H "Authorization: Bearer $API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(JSON.stringify(sent))}`,
  ].join(' \\\n  ')
}

/** Between single quotes a shell reads everything as it is, but them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
