/** A command line of QEMU, a script around one, or a file of -readconfig, as a definition. Nothing is stored by it. */
import { z } from 'zod'
import { hostId } from '../ids'

export const qemuCommandInput = z.object({ host: hostId, text: z.string().min(1).max(200_000) })
export type QemuCommandInput = z.output<typeof qemuCommandInput>

export interface ReadQemuCommand {
  readonly source: 'command' | 'config'
  readonly xml: string
  /** What it comes to, as the hardware page will call it. */
  readonly hardware: readonly { readonly kind: string; readonly title: string; readonly summary?: string }[]
  /** What was mended, replaced or left out, each as a sentence. */
  readonly told: readonly string[]
  /** Options that no form has: they go to QEMU as they are. */
  readonly kept: readonly string[]
}
