import { z } from 'zod'
import { vmRef } from '../ids'

const id = z.string().min(1).max(300)
export const itemRef = z.object({ kind: id, key: z.string().max(1000) })

const scalar = z.union([z.string().max(65_536), z.number(), z.boolean()])
const row = z.record(z.string().max(100), scalar.optional())
const fieldValue = z.union([scalar, z.array(row).max(4096).readonly()])
export const valuesSchema = z.record(z.string().max(100), fieldValue.optional())

/** What a user does to the hardware of a VM. Applied in order, each to what those before it made. */
export const hardwareChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('set'),
    item: itemRef,
    values: valuesSchema,
    /** Fields that shall no longer be set. */
    unset: z.array(id).max(200).optional(),
    /** The running guest is not asked: a drive whose medium it has locked gives it out. */
    isForced: z.literal(true).optional(),
  }),
  /** `key` is the window's own name for it until the host has given one; later changes may use it. */
  z.object({ kind: z.literal('add'), device: id, key: z.string().min(1).max(100), values: valuesSchema }),
  z.object({ kind: z.literal('remove'), item: itemRef }),
  /** Devices in the order in which the firmware tries them; others are not tried. */
  z.object({ kind: z.literal('boot-order'), order: z.array(itemRef).max(200) }),
  /** Takes back what waits for the next start, of one item or of all: it becomes what runs now. */
  z.object({ kind: z.literal('as-running'), item: itemRef.optional(), field: id.optional() }),
  /** A device copied from another VM, as its definition has it. */
  z.object({ kind: z.literal('add-xml'), key: z.string().min(1).max(100), xml: z.string().max(200_000) }),
  /** The whole definition, from the XML page. */
  z.object({ kind: z.literal('definition'), xml: z.string().max(4_194_304) }),
])
export type HardwareChange = z.output<typeof hardwareChange>

export const changeHardwareInput = vmRef.extend({
  /** HardwareView.base of the view the changes were made on. */
  base: z.string().max(200),
  changes: z.array(hardwareChange).min(1).max(500),
  /** `now`: also under the running guest where it can; `next-start`: only in what is stored. */
  when: z.enum(['now', 'next-start']),
})
export type ChangeHardwareInput = z.output<typeof changeHardwareInput>
