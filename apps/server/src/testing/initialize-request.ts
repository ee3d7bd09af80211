/** The first message of a client that speaks MCP. */
export const initializeRequest = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
}

/** What a client of MCP has to take, by the protocol. */
export const initializeAccept = 'application/json, text/event-stream'
