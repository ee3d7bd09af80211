/** How many calls may wait for a thread, where whoever makes the sandbox sets nothing. */
export const maxWaitingCalls = 1000
/** How many lines one call may write to the log. */
export const maxLogEntries = 100
/** How long a line of the log, or a message of an error, may be. */
export const maxEntryLength = 4000
/** How long the inputs together and the result may be, in characters of their JSON. */
export const maxJsonLength = 4 * 1024 * 1024
