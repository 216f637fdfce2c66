import { z } from 'zod'
import type { ErrorData } from '../errors'
import { consoleId, vmRef } from './ids'

/** Something of a VM that carries text: https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices */
export interface TextDevice {
  /** libvirt's alias ("serial0"), also while the VM is off and has none yet. */
  readonly id: string
  readonly kind: TextDeviceKind
  /** "Serial 1". */
  readonly label: string
  /** What the guest finds at its end: "ttyS0", "org.example.log". */
  readonly guestName?: string
  /** Why it cannot be opened here; the cure says what could be done. */
  readonly obstacle?: ErrorData
}

export type TextDeviceKind = 'serial' | 'console' | 'parallel' | 'channel'

/** libvirt's own aliases, and those of users ("ua-log"). */
export const textDeviceId = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/)

export const openTextInput = vmRef.extend({
  device: textDeviceId,
  /** Ends whoever has it open. Otherwise an error with the field `isForced` says that somebody has. */
  isForced: z.boolean(),
})
export type OpenTextInput = z.infer<typeof openTextInput>

export const logInput = z.object({
  console: consoleId,
  /** Of `files.chooseLocal`. */
  file: z.string().min(1).max(128),
})

/** Marks the one refusal that forcing overcomes. */
export const forcedField = 'isForced'
