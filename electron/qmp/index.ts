/** The public face of the client of QEMU's monitor (QMP). Nothing outside this folder imports anything else from it. */
export { QmpClient, type CommandOptions, type QmpLimits, type QmpOptions } from './client'
export { QmpClosedError, QmpError, QmpTimeoutError, type QmpEndKind } from './errors'
export { isObject, objectsIn, type Json, type JsonObject, type QmpEvent } from './message'
