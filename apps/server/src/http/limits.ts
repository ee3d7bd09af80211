/** The largest body of a request, in bytes. */
export const maxBodyBytes = 1024 * 1024
/** The largest flow document, in bytes. */
export const maxFlowBytes = 5 * 1024 * 1024
