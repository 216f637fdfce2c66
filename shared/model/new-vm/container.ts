/** A container: programs that run on the host's own kernel, among files and IDs of their own. */
import { z } from 'zod'

const hostPath = z
  .string()
  .regex(/^\/[^\0\n\r]*$/, 'Enter a path that begins with /')
  .max(4096)
  .refine((path) => !path.split('/').includes('..'), 'Enter the path without ".."')

/** The kernel takes none above (uid_t), and the last is its mark for "none". */
const lastId = 4_294_967_294
/** What an ordinary system uses, up to "nobody". */
export const idCount = 65_536

const firstId = z
  .number({ error: 'Enter a number, such as 100000' })
  .int()
  .min(1, 'Enter a number from 1 on: 0 is the root of the host')
  .max(lastId - idCount, `Enter a number up to ${lastId - idCount}`)

export const containerSource = z.object({
  kind: z.literal('container'),
  /** `app`: one program; `system`: an installed system, whose own first program starts the rest. */
  what: z.enum(['app', 'system']),
  /** The folder of the host that is "/" in the container; absent: all files of the host. */
  root: hostPath.optional(),
  /** The first program, as the container names it. */
  init: hostPath,
  args: z
    .array(
      z
        .string()
        .max(4096)
        .regex(/^[^\0]*$/),
    )
    .max(200),
  env: z
    .array(
      z.object({
        name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Names of variables have letters, digits and _'),
        value: z
          .string()
          .max(4096)
          .regex(/^[^\0]*$/),
      }),
    )
    .max(200),
  /** Absent: "/". */
  workDir: hostPath.optional(),
  /** The container's users are others on the host, from these on; absent: they are the host's own. */
  ids: z.object({ uidStart: firstId, gidStart: firstId }).optional(),
})
export type ContainerSource = z.output<typeof containerSource>

/** What lies where it will begin, as far as the host could be looked at. */
export interface ContainerLook {
  readonly root?: 'missing' | 'no-folder' | 'empty' | 'filled'
  readonly init?: 'missing' | 'folder' | 'not-executable' | 'there'
}
