import { z } from 'zod'
import type { ErrorData } from '../errors'
import { consoleId, hostId } from './ids'

/** Whether a person's shell can be opened on a host, by the link that the app has to it. */
export type ShellOffer =
  | {
      readonly kind: 'available'
      /** Whose computer it is: this one, or the other end of ssh. */
      readonly where: 'this-computer' | 'host'
      /** How virsh there reaches the same hypervisor; absent where it has no part in it. */
      readonly virshUri?: string
    }
  | { readonly kind: 'none'; readonly error: ErrorData }

export const terminalSize = z.object({
  columns: z.number().int().min(2).max(1000),
  rows: z.number().int().min(1).max(1000),
})

export const openShellInput = z.object({ host: hostId, size: terminalSize })
export type OpenShellInput = z.infer<typeof openShellInput>
export const resizeShellInput = z.object({ console: consoleId, size: terminalSize })
