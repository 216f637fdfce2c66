/** What the two ends tell each other through Innkeeper. */
import { z } from 'zod'
import { AppError } from '../../../../shared/errors'

const standing = z.object({ machine: z.string(), files: z.string(), user: z.number(), group: z.number() })

/** From the source: where it stands. */
export const offered = z.object({ from: standing })

const address = z.union([
  z.object({ type: z.literal('unix'), path: z.string() }),
  z.object({ type: z.literal('inet'), host: z.string(), port: z.string() }),
])
export type DiskServer = z.output<typeof address>

/** From the destination: where it waits for the contents of disks. The memory goes to the address of the arrival. */
export const answered = z.object({ disks: address.optional(), tlsHostname: z.string().optional() })

export function write(value: z.output<typeof offered> | z.output<typeof answered>): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

export function read<T>(schema: z.ZodType<T>, cookie: Uint8Array): T {
  const found = schema.safeParse(jsonOf(cookie))
  if (found.success) return found.data
  throw new AppError('internal', 'The other host told nothing that a move can be begun with')
}

function jsonOf(cookie: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(cookie).toString('utf8'))
  } catch {
    return undefined
  }
}
